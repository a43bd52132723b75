// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.contact.ContactService;
import ca.notreville.core.api.contact.MessageService;
import ca.notreville.core.api.contact.MessageService.Conversation;
import ca.notreville.core.api.contact.MessageService.Message;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.organisation.Actor;
import ca.notreville.core.api.organisation.NamedActor;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Locale;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
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

/** Connections, blocks and messages over REST. */
@Component(service = ContactResource.class)
@Path("/api/v1/contacts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "contacts")
public final class ContactResource {

    private final ContactService contacts;
    private final MessageService messages;

    @Activate
    public ContactResource(@Reference ContactService contacts, @Reference MessageService messages) {
        this.contacts = contacts;
        this.messages = messages;
    }

    @GET
    @Path("connections")
    @Operation(summary = "Whom the caller is connected with, newest first")
    public Items<ActorView> connections(@Context Caller caller) {
        return new Items<>(
                contacts.connections(caller).stream().map(ActorView::of).toList(), null);
    }

    @GET
    @Path("requests")
    @Operation(summary = "Requests that wait for the caller, newest first")
    public Items<ContactRequestView> requests(@Context Caller caller) {
        return new Items<>(
                contacts.requests(caller).stream()
                        .map(r -> new ContactRequestView(
                                String.valueOf(r.member()), r.displayName(), r.words(), r.askedAt()))
                        .toList(),
                null);
    }

    @PUT
    @Path("connections/{member: [0-9]+}")
    @Operation(summary = "Ask to connect, or accept where the other asked")
    public StateView connect(@Context Caller caller, @PathParam("member") long member, @Nullable WordsBody body) {
        return StateView.of(contacts.connect(caller, member, body == null ? null : body.words()));
    }

    @DELETE
    @Path("connections/{member: [0-9]+}")
    @Operation(summary = "End a connection, take a request back, or decline one")
    @ApiResponse(responseCode = "204", description = "done")
    public Response disconnect(@Context Caller caller, @PathParam("member") long member) {
        caller.requireMember();
        if (contacts.state(caller, member) == ContactService.State.WAITING) {
            contacts.answer(caller, member, false);
        } else {
            contacts.disconnect(caller, member);
        }
        return Response.noContent().build();
    }

    @GET
    @Path("blocks")
    @Operation(summary = "Whom the caller blocked, newest first")
    public Items<ActorView> blocked(@Context Caller caller) {
        return new Items<>(contacts.blocked(caller).stream().map(ActorView::of).toList(), null);
    }

    @PUT
    @Path("blocks/{actor}")
    @Operation(summary = "Block a member or an organisation, e.g. member:42")
    @ApiResponse(responseCode = "204", description = "done")
    public Response block(@Context Caller caller, @PathParam("actor") String actor) {
        caller.requireMember();
        contacts.block(caller, Actor.parse(actor).orElseThrow(NotFoundException::new));
        return Response.noContent().build();
    }

    @DELETE
    @Path("blocks/{actor}")
    @Operation(summary = "Unblock")
    @ApiResponse(responseCode = "204", description = "done")
    public Response unblock(@Context Caller caller, @PathParam("actor") String actor) {
        caller.requireMember();
        contacts.unblock(caller, Actor.parse(actor).orElseThrow(NotFoundException::new));
        return Response.noContent().build();
    }

    @GET
    @Path("threads")
    @Operation(summary = "The caller's threads, the one with the newest message first")
    public Items<ThreadView> threads(
            @Context Caller caller,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        var slice = messages.threads(caller, Paging.of(limit, after, 1));
        return new Items<>(slice.items().stream().map(ThreadView::of).toList(), slice.next());
    }

    @GET
    @Path("threads/{id: [0-9]+}/messages")
    @Operation(summary = "Messages of a thread, newest first; they are then read")
    public Items<MessageView> messages(
            @Context Caller caller,
            @PathParam("id") long id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        var slice = messages.messages(caller, id, Paging.of(limit, after, 1));
        return new Items<>(slice.items().stream().map(MessageView::of).toList(), slice.next());
    }

    @POST
    @Path("messages")
    @Operation(summary = "Write a message, for oneself or for an organisation")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = MessageView.class)))
    public Response send(@Context Caller caller, @Nullable MessageBody body) {
        long self = caller.requireMember();
        MessageBody sent = body == null ? new MessageBody(null, null, null) : body;
        Actor from = sent.from() == null ? Actor.member(self) : actor("from", sent.from());
        Message message = messages.send(caller, from, actor("to", sent.to()), sent.body());
        return Response.status(Response.Status.CREATED)
                .entity(MessageView.of(message))
                .build();
    }

    private static Actor actor(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw InvalidException.of(field, "required");
        }
        return Actor.parse(text).orElseThrow(() -> InvalidException.of(field, "unknown"));
    }

    /** @param words to go with a request */
    public record WordsBody(
            @Schema(nullable = true) @Nullable String words) {}

    /**
     * @param from in whose name, e.g. organisation:7; missing means the caller's own
     * @param to e.g. member:42
     */
    public record MessageBody(
            @Schema(nullable = true) @Nullable String from,
            @Schema(nullable = true) @Nullable String to,
            @Schema(nullable = true) @Nullable String body) {}

    /** @param state none, asked, waiting, connected or blocked */
    public record StateView(String state) {
        static StateView of(ContactService.State state) {
            return new StateView(state.name().toLowerCase(Locale.ROOT));
        }
    }

    /** @param actor e.g. member:42 */
    public record ActorView(String actor, String name) {
        static ActorView of(NamedActor actor) {
            return new ActorView(actor.actor().toString(), actor.name());
        }
    }

    /** A request to connect. */
    public record ContactRequestView(String member, String displayName, String words, Instant askedAt) {}

    /** A thread. */
    public record ThreadView(String id, ActorView own, ActorView other, boolean unread, Instant lastAt) {
        static ThreadView of(Conversation c) {
            return new ThreadView(
                    String.valueOf(c.id()), ActorView.of(c.own()), ActorView.of(c.other()), c.unread(), c.lastAt());
        }
    }

    /** @param from the side that wrote, e.g. organisation:7 */
    public record MessageView(String id, String thread, String from, String author, String body, Instant writtenAt) {
        static MessageView of(Message m) {
            return new MessageView(
                    String.valueOf(m.id()),
                    String.valueOf(m.thread()),
                    m.from().toString(),
                    m.author(),
                    m.body(),
                    m.writtenAt());
        }
    }
}
