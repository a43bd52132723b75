// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.call.CallService;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.follow.FollowService;
import ca.notreville.core.api.follow.Followed;
import ca.notreville.core.api.follow.Tag;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.notify.NotificationService;
import ca.notreville.core.api.notify.NotificationService.Stop;
import ca.notreville.core.api.notify.Preferences;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.follow.Targets;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.InitiativePanel;
import ca.notreville.web.api.NeighbourhoodPanel;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Ui.Option;
import ca.notreville.web.api.Visit;
import gg.jte.Content;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What one follows, the button to do so, and the way out of letters. */
@Component(service = FollowPages.class)
@Path("/following")
@Produces(MediaType.TEXT_HTML)
public final class FollowPages {

    private static final Templates VIEWS = new StaticTemplates();
    private static final int SHOWN = 50;

    private final FollowService follows;
    private final NotificationService notifications;
    private final CallService calls;
    private final TerritoryService territory;
    private final Targets targets;

    /** A button of one target, as it stands for the visitor. */
    public record Button(Target target, boolean follows, int followers, boolean offerMail, boolean mayCall) {}

    @Activate
    public FollowPages(
            @Reference FollowService follows,
            @Reference NotificationService notifications,
            @Reference CallService calls,
            @Reference TerritoryService territory,
            @Reference Targets targets) {
        this.follows = follows;
        this.notifications = notifications;
        this.calls = calls;
        this.territory = territory;
        this.targets = targets;
    }

    @GET
    public Answer list(@Context Visit visit, @QueryParam("after") @Nullable String after) {
        Slice<Followed> followed =
                follows.list(visit.caller(), Paging.of(String.valueOf(SHOWN), after, FollowService.CURSOR_SIZE));
        if (visit.wantsFragment()) {
            return Page.fragment(VIEWS.followed(visit, followed));
        }
        return Page.of(
                visit.text("core.following.title"),
                VIEWS.following(visit, followed, offers(visit), visit.caller().signedIn() && offersMail(visit)));
    }

    /** Neighbourhoods and themes that are not followed yet. */
    private List<Option> offers(Visit visit) {
        Set<String> known = new HashSet<>();
        follows.list(visit.caller(), Paging.first(Paging.MAX))
                .items()
                .forEach(one -> known.add(one.target().toString()));
        List<Option> offers = new ArrayList<>();
        for (Neighbourhood place : territory.neighbourhoods()) {
            offers.add(new Option(target(place).toString(), place.name()));
        }
        for (Tag tag : targets.tags(visit.locale())) {
            offers.add(new Option(Target.tag(tag.slug()).toString(), tag.title()));
        }
        offers.removeIf(offer -> known.contains(offer.value()));
        return offers;
    }

    private static Target target(Neighbourhood place) {
        return Target.of(new Initiative(Neighbourhood.KIND, place.number()));
    }

    @POST
    public Answer follow(@Context Visit visit, @Context Form form) {
        Target target = Target.parse(form.value("target")).orElseThrow(NotFoundException::new);
        boolean wanted = !form.value("follow").equals("no");
        if (wanted) {
            follows.follow(visit.caller(), target);
        } else {
            follows.unfollow(visit.caller(), target);
        }
        if (visit.wantsFragment()) {
            return Page.fragment(VIEWS.follow(visit, button(visit, target)));
        }
        String path = form.value("from").equals("list")
                ? "/following"
                : targets.find(visit.caller(), target)
                        .map(found -> found.path() + (found.path().contains("?") ? "" : "#follow"))
                        .orElse("/following");
        return Redirect.to(path).saying(wanted ? "core.follow.followed" : "core.follow.unfollowed");
    }

    /** Takes or leaves the offer of e-mail beside a button. */
    @POST
    @Path("mail")
    public Answer mail(@Context Visit visit, @Context Form form) {
        boolean agreed = form.value("mail").equals("yes");
        notifications.agreeToMail(visit.caller(), agreed, Preferences.Source.FOLLOWING);
        String path = Target.parse(form.value("target"))
                .flatMap(target -> targets.find(visit.caller(), target))
                .map(Targets.Found::path)
                .orElse("/following");
        return Redirect.to(path).saying(agreed ? "core.follow.mail-agreed" : "core.follow.mail-refused");
    }

    @GET
    @Path("stop")
    public Answer stopForm(
            @Context Visit visit,
            @QueryParam("what") @DefaultValue("") String what,
            @QueryParam("token") @DefaultValue("") String token) {
        Stop stop = notifications.stoppable(what, token);
        return Page.of(visit.text("core.stop.title"), VIEWS.stop(visit, stop, what, token, false));
    }

    /** Also what mail programs send by themselves (RFC 8058), without a session and with one field that says so. */
    @POST
    @Path("stop")
    public Answer stop(
            @Context Visit visit,
            @Context Form form,
            @QueryParam("what") @DefaultValue("") String what,
            @QueryParam("token") @DefaultValue("") String token) {
        boolean everything = form.value("all").equals("yes");
        notifications.stop(what, token, everything);
        Stop stop = everything ? Stop.ALL : notifications.stoppable(what, token);
        return Page.of(visit.text("core.stop.done.title"), VIEWS.stop(visit, stop, what, token, true));
    }

    private boolean offersMail(Visit visit) {
        return notifications.preferences(visit.caller()).mailDecidedAt() == null;
    }

    Button button(Visit visit, Target target) {
        boolean mine = follows.follows(visit.caller(), target);
        return new Button(
                target,
                mine,
                follows.followers(target),
                mine && offersMail(visit),
                calls.mayCall(visit.caller(), target));
    }

    Optional<Content> panel(Visit visit, Target target) {
        return target.toString().equals("member:" + visit.caller().memberId())
                ? Optional.empty()
                : Optional.of(VIEWS.follow(visit, button(visit, target)));
    }

    /** The button on the page of whatever can be followed. */
    @Component
    public static final class FollowPanel implements InitiativePanel, NeighbourhoodPanel {

        private final FollowPages pages;

        @Activate
        public FollowPanel(@Reference FollowPages pages) {
            this.pages = pages;
        }

        @Override
        public int rank() {
            return 10;
        }

        /** A neighbourhood's page asks for its own panels. */
        @Override
        public Optional<Content> render(Visit visit, Initiative initiative) {
            return initiative.kind().equals(Neighbourhood.KIND)
                    ? Optional.empty()
                    : pages.panel(visit, Target.of(initiative));
        }

        @Override
        public Optional<Content> render(Visit visit, Neighbourhood neighbourhood) {
            return pages.panel(visit, target(neighbourhood));
        }
    }
}
