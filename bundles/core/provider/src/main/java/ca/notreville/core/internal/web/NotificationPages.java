// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.follow.FollowRules;
import ca.notreville.core.api.follow.FollowService;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.notify.Delivery;
import ca.notreville.core.api.notify.Notification;
import ca.notreville.core.api.notify.NotificationService;
import ca.notreville.core.api.notify.Preferences;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.HeadPart;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Visit;
import gg.jte.Content;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** One's own news, and what one decided about them. */
@Component(service = NotificationPages.class)
@Path("/notifications")
@Produces(MediaType.TEXT_HTML)
public final class NotificationPages {

    private static final Templates VIEWS = new StaticTemplates();
    private static final int SHOWN = 30;

    private final NotificationService notifications;
    private final FollowService follows;

    @Activate
    public NotificationPages(@Reference NotificationService notifications, @Reference FollowService follows) {
        this.notifications = notifications;
        this.follows = follows;
    }

    @GET
    public Answer list(@Context Visit visit, @QueryParam("after") @Nullable String after) {
        Slice<Notification> news = notifications.list(
                visit.caller(), Paging.of(String.valueOf(SHOWN), after, NotificationService.CURSOR_SIZE));
        return visit.wantsFragment()
                ? Page.fragment(VIEWS.newsList(visit, news))
                : Page.of(
                        visit.text("core.notifications.title"),
                        VIEWS.notifications(visit, news, notifications.unread(visit.caller())));
    }

    /** The line of a piece of news. */
    public static String line(Visit visit, Notification news) {
        return visit.text(
                news.message(),
                news.arguments().entrySet().stream()
                        .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                        .toArray());
    }

    /** Opens what the news are about; they are read then. */
    @GET
    @Path("{id: [0-9]{1,18}}")
    public Answer open(@Context Visit visit, @PathParam("id") long id) {
        return Redirect.to(notifications.read(visit.caller(), id).path());
    }

    @POST
    @Path("read")
    public Answer readAll(@Context Visit visit, @Context Form form) {
        try {
            notifications.readAll(visit.caller(), Long.parseLong(form.value("upTo")));
        } catch (NumberFormatException e) {
            throw new NotFoundException();
        }
        return Redirect.to("/notifications").saying("core.notifications.all-read");
    }

    @GET
    @Path("settings")
    public Answer settings(@Context Visit visit) {
        return Page.of(
                visit.text("core.news-settings.title"),
                VIEWS.newsSettings(visit, notifications.preferences(visit.caller()), follows.rules(visit.caller())));
    }

    @POST
    @Path("settings")
    public Answer decide(@Context Visit visit, @Context Form form) {
        Preferences before = notifications.preferences(visit.caller());
        Map<String, Delivery> kinds = new HashMap<>();
        for (String kind : before.kinds().keySet()) {
            // one that the form did not have stays as it is
            if (Delivery.Mail.words().contains(form.value("mail." + kind))) {
                kinds.put(
                        kind, new Delivery(ticked(form, "site." + kind), Delivery.Mail.of(form.value("mail." + kind))));
            }
        }
        notifications.decide(visit.caller(), kinds, ticked(form, "digests"));
        notifications.agreeToMail(visit.caller(), ticked(form, "mail"), Preferences.Source.SETTINGS);
        follows.setRules(
                visit.caller(),
                new FollowRules(
                        ticked(form, "follow.author"), ticked(form, "follow.comment"), ticked(form, "follow.vote")));
        return Redirect.to("/notifications/settings").saying("core.news-settings.saved");
    }

    private static boolean ticked(Form form, String name) {
        return form.value(name).equals("yes");
    }

    /** The bell. */
    @Component
    public static final class Bell implements HeadPart {

        private final NotificationService notifications;

        @Activate
        public Bell(@Reference NotificationService notifications) {
            this.notifications = notifications;
        }

        @Override
        public int rank() {
            return 10;
        }

        @Override
        public Optional<Content> render(Visit visit) {
            return Optional.of(VIEWS.bell(visit, notifications.unread(visit.caller())));
        }
    }
}
