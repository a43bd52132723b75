// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.call.Call;
import ca.notreville.core.api.call.CallAnswer;
import ca.notreville.core.api.call.CallDraft;
import ca.notreville.core.api.call.CallService;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
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

/** Calls to action over REST. */
@Component(service = CallResource.class)
@Path("/api/v1/calls")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "calls")
public final class CallResource {

    private final CallService calls;

    @Activate
    public CallResource(@Reference CallService calls) {
        this.calls = calls;
    }

    @GET
    @Operation(summary = "Calls that take answers, the soonest to close first")
    public Items<CallView> list(@QueryParam("neighbourhood") @Nullable String neighbourhood) {
        return new Items<>(
                calls.open(neighbourhood, CallService.MOST_LISTED).stream()
                        .map(CallView::of)
                        .toList(),
                null);
    }

    @POST
    @Operation(summary = "Call the people of a neighbourhood or those who follow an initiative")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CallView.class)))
    public Response send(@Context Caller caller, @Nullable CallBody body) {
        if (body == null || body.target() == null) {
            caller.requireMember();
            throw InvalidException.of("target", "required");
        }
        Target target = Target.parse(body.target()).orElseThrow(() -> InvalidException.of("target", "unknown"));
        Call call = calls.send(
                caller,
                target,
                new CallDraft(
                        body.title(),
                        body.text(),
                        body.place(),
                        body.startsAt(),
                        body.wanted() == null ? null : body.wanted().toString(),
                        body.closesAt()));
        return Response.created(URI.create("/api/v1/calls/" + call.id()))
                .entity(CallView.of(call))
                .build();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One call")
    public CallView get(@PathParam("id") long id) {
        return CallView.of(calls.get(id));
    }

    @PUT
    @Path("{id}/answer")
    @Operation(summary = "Answer yes, maybe or no, or answer otherwise")
    public CallView answer(@Context Caller caller, @PathParam("id") long id, @Nullable AnswerBody body) {
        caller.requireMember();
        if (body == null || body.answer() == null) {
            throw InvalidException.of("answer", "required");
        }
        if (!CallAnswer.words().contains(body.answer())) {
            throw InvalidException.of("answer", "unknown");
        }
        return CallView.of(calls.answer(caller, id, CallAnswer.of(body.answer())));
    }

    @POST
    @Path("{id}/close")
    @Operation(summary = "Take no more answers and tell those who answered")
    public CallView close(@Context Caller caller, @PathParam("id") long id) {
        return CallView.of(calls.close(caller, id));
    }

    @PUT
    @Path("{id}/result")
    @Operation(summary = "Tell everybody who answered what came of it")
    public CallView tell(@Context Caller caller, @PathParam("id") long id, @Nullable ResultBody body) {
        return CallView.of(calls.tell(caller, id, body == null ? null : body.result()));
    }

    /**
     * A call in the making.
     *
     * @param target neighbourhood:3, idea:42 …
     * @param startsAt instant, or local time of the municipality; may be missing
     * @param wanted how many people
     * @param closesAt as startsAt
     */
    public record CallBody(
            @Schema(nullable = true) @Nullable String target,
            @Schema(nullable = true) @Nullable String title,
            @Schema(nullable = true) @Nullable String text,
            @Schema(nullable = true) @Nullable String place,
            @Schema(nullable = true) @Nullable String startsAt,
            @Schema(nullable = true) @Nullable Integer wanted,
            @Schema(nullable = true) @Nullable String closesAt) {}

    /** yes, maybe or no. */
    public record AnswerBody(
            @Schema(nullable = true) @Nullable String answer) {}

    /** What came of a call. */
    public record ResultBody(
            @Schema(nullable = true) @Nullable String result) {}

    /**
     * A call.
     *
     * @param result empty until it is told
     */
    public record CallView(
            String id,
            String sender,
            String senderName,
            String target,
            String title,
            String text,
            String place,
            @Schema(nullable = true) @Nullable Instant startsAt,
            int wanted,
            int yes,
            int maybe,
            int no,
            Instant closesAt,
            boolean open,
            String result,
            Instant createdAt) {
        static CallView of(Call call) {
            return new CallView(
                    String.valueOf(call.id()),
                    String.valueOf(call.sender()),
                    call.senderName(),
                    call.target().toString(),
                    call.title(),
                    call.text(),
                    call.place(),
                    call.startsAt(),
                    call.wanted(),
                    call.yes(),
                    call.maybe(),
                    call.no(),
                    call.closesAt(),
                    call.open(),
                    call.result(),
                    call.createdAt());
        }
    }
}
