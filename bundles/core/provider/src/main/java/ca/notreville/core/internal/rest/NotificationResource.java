// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.notify.Delivery;
import ca.notreville.core.api.notify.Delivery.Mail;
import ca.notreville.core.api.notify.Notification;
import ca.notreville.core.api.notify.NotificationService;
import ca.notreville.core.api.notify.Preferences;
import ca.notreville.core.api.notify.Preferences.Source;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import ca.notreville.web.api.Messages;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** One's own news over REST. */
@Component(service = NotificationResource.class)
@Path("/api/v1/notifications")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "notifications")
public final class NotificationResource {

    private final NotificationService notifications;
    private final Messages messages;

    @Activate
    public NotificationResource(@Reference NotificationService notifications, @Reference Messages messages) {
        this.notifications = notifications;
        this.messages = messages;
    }

    @GET
    @Operation(summary = "The caller's news, latest first")
    public Items<NewsView> list(
            @Context Caller caller,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        Slice<Notification> news = notifications.list(caller, Paging.of(limit, after, NotificationService.CURSOR_SIZE));
        return new Items<>(news.items().stream().map(one -> view(caller, one)).toList(), news.next());
    }

    private NewsView view(Caller caller, Notification one) {
        return new NewsView(
                String.valueOf(one.id()),
                one.kind(),
                one.actor() == 0 ? null : String.valueOf(one.actor()),
                messages.text(caller.language(), one.message(), one.arguments()),
                one.quote(),
                one.path(),
                one.publishedAt(),
                one.read());
    }

    @PUT
    @Path("{id}/read")
    @Operation(summary = "Mark one as read")
    public NewsView read(@Context Caller caller, @PathParam("id") long id) {
        return view(caller, notifications.read(caller, id));
    }

    @POST
    @Path("read")
    @Operation(summary = "Mark as read what was shown")
    @ApiResponse(responseCode = "204", description = "done")
    public Response readAll(@Context Caller caller, @Nullable ReadBody body) {
        caller.requireMember();
        if (body == null || body.upTo() == null || !body.upTo().matches("[0-9]{1,18}")) {
            throw InvalidException.of("upTo", body == null || body.upTo() == null ? "required" : "unknown");
        }
        notifications.readAll(caller, Long.parseLong(body.upTo()));
        return Response.noContent().build();
    }

    @GET
    @Path("preferences")
    @Operation(summary = "What the caller decided about news")
    public PreferencesView preferences(@Context Caller caller) {
        return PreferencesView.of(notifications.preferences(caller));
    }

    @PUT
    @Path("preferences")
    @Operation(summary = "Decide about news; what is left out stays as it is")
    public PreferencesView decide(@Context Caller caller, @Nullable PreferencesBody body) {
        Preferences before = notifications.preferences(caller);
        if (body == null) {
            return PreferencesView.of(before);
        }
        Map<String, Delivery> kinds = new HashMap<>();
        for (KindBody kind : body.kinds() == null ? List.<KindBody>of() : body.kinds()) {
            Delivery now = before.kinds().get(kind.id() == null ? "" : kind.id());
            if (now == null || kind.id() == null) {
                throw InvalidException.of("kinds", "unknown");
            }
            if (kind.mail() != null && !Mail.words().contains(kind.mail())) {
                throw InvalidException.of("kinds", "unknown");
            }
            kinds.put(
                    kind.id(),
                    new Delivery(
                            kind.onSite() == null ? now.onSite() : kind.onSite(),
                            kind.mail() == null ? now.mail() : Mail.of(kind.mail())));
        }
        notifications.decide(caller, kinds, body.digests() == null ? before.digests() : body.digests());
        if (body.mail() != null) {
            notifications.agreeToMail(caller, body.mail(), Source.API);
        }
        return PreferencesView.of(notifications.preferences(caller));
    }

    /**
     * News, in the caller's language.
     *
     * @param actor id of the member who did it, null for nobody
     */
    public record NewsView(
            String id,
            String kind,
            @Schema(nullable = true) @Nullable String actor,
            String text,
            String quote,
            String path,
            Instant publishedAt,
            boolean read) {}

    /**
     * Up to where news were read.
     *
     * @param upTo id of the latest that was shown
     */
    public record ReadBody(
            @Schema(nullable = true) @Nullable String upTo) {}

    /** One kind of news: whether on the site, and by mail none, once, daily or weekly. */
    public record KindView(String id, boolean onSite, String mail) {}

    /**
     * What somebody decided.
     *
     * @param mail whether they agreed to e-mail
     */
    public record PreferencesView(
            boolean mail,
            @Schema(nullable = true) @Nullable Instant mailDecidedAt,
            boolean digests,
            List<KindView> kinds) {
        static PreferencesView of(Preferences all) {
            return new PreferencesView(
                    all.mail(),
                    all.mailDecidedAt(),
                    all.digests(),
                    all.kinds().entrySet().stream()
                            .map(e -> new KindView(
                                    e.getKey(),
                                    e.getValue().onSite(),
                                    e.getValue().mail().word()))
                            .toList());
        }
    }

    /** One kind, decided. */
    public record KindBody(
            @Schema(nullable = true) @Nullable String id,
            @Schema(nullable = true) @Nullable Boolean onSite,
            @Schema(nullable = true) @Nullable String mail) {}

    /** What is decided. */
    public record PreferencesBody(
            @Schema(nullable = true) @Nullable Boolean mail,
            @Schema(nullable = true) @Nullable Boolean digests,
            @Schema(nullable = true) @Nullable List<KindBody> kinds) {}
}
