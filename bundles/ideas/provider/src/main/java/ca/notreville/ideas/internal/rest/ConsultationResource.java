// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.ideas.api.Ballot;
import ca.notreville.ideas.api.Consultation;
import ca.notreville.ideas.api.ConsultationDraft;
import ca.notreville.ideas.api.ConsultationResults;
import ca.notreville.ideas.api.ConsultationService;
import ca.notreville.ideas.api.PaperService;
import ca.notreville.ideas.api.VotingRule;
import ca.notreville.ideas.internal.rest.IdeaResource.WithdrawalView;
import ca.notreville.ideas.internal.rest.IdeaViews.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

/** Consultations over REST. */
@Path("/api/v1/consultations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "consultations")
public final class ConsultationResource {

    private final ConsultationService consultations;
    private final PaperService papers;

    public ConsultationResource(ConsultationService consultations, PaperService papers) {
        this.consultations = consultations;
        this.papers = papers;
    }

    /** What is sent to enter a ballot on paper: its number, and values by the numbers of the options. */
    public record PaperBody(
            @Nullable String number, @Nullable Map<String, Integer> values) {}

    /** A ballot on paper: once, different or agreed; its receipt is "" until it counts. */
    public record PaperView(String number, String state, String receipt) {}

    /** An option; {@code idea} is null unless it stands for one. */
    public record OptionView(
            int number,
            String title,
            @Schema(nullable = true) @Nullable String idea) {}

    /**
     * A consultation.
     *
     * @param rule id of the voting rule
     * @param limit of the rule, null if it has none
     * @param level none, self-declared or verified
     * @param places ids of the neighbourhoods whose people may vote, empty for everybody
     * @param threshold ballots that each neighbourhood is to bring, null if none is asked for
     * @param phase coming, open or closed
     */
    public record ConsultationWhole(
            String id,
            String title,
            String description,
            String rule,
            @Schema(nullable = true) @Nullable Integer limit,
            List<OptionView> options,
            Instant opensAt,
            Instant closesAt,
            boolean hidden,
            String level,
            List<String> places,
            @Schema(nullable = true) @Nullable Integer threshold,
            String phase) {

        static ConsultationWhole of(Consultation one) {
            return new ConsultationWhole(
                    String.valueOf(one.id()),
                    one.title(),
                    one.description(),
                    one.rule(),
                    one.limit() == 0 ? null : one.limit(),
                    one.options().stream()
                            .map(o -> new OptionView(
                                    o.number(), o.title(), o.idea() == 0 ? null : String.valueOf(o.idea())))
                            .toList(),
                    one.opensAt(),
                    one.closesAt(),
                    one.hidden(),
                    one.level().word(),
                    one.places(),
                    one.threshold() == 0 ? null : one.threshold(),
                    one.phase().word());
        }
    }

    /** What is sent to vote: values by the numbers of the options. */
    public record BallotBody(@Nullable Map<String, Integer> values) {}

    /** A ballot. */
    public record BallotView(Map<String, Integer> values, String receipt, Instant castAt) {
        static BallotView of(Ballot ballot) {
            Map<String, Integer> values = new TreeMap<>();
            ballot.values().forEach((option, value) -> values.put(String.valueOf(option), value));
            return new BallotView(values, ballot.receipt(), ballot.castAt());
        }
    }

    /**
     * Where an option stands.
     *
     * @param grade the value that sums up what was said of it, null where the rule has none
     * @param said how often each value was given
     */
    public record StandingView(
            int option,
            int place,
            long score,
            @Schema(nullable = true) @Nullable Integer grade,
            Map<String, Long> said) {

        static StandingView of(VotingRule.Standing standing) {
            Map<String, Long> said = new TreeMap<>();
            standing.said().forEach((value, times) -> said.put(String.valueOf(value), times));
            return new StandingView(
                    standing.option(),
                    standing.place(),
                    standing.score(),
                    standing.grade().orElse(null),
                    said);
        }
    }

    /** How far a neighbourhood is towards the threshold. */
    public record ProgressView(String neighbourhood, int ballots, int wanted) {}

    /** What came of a consultation, or stands so far; standings are empty while what was said is hidden. */
    public record ResultsView(int ballots, List<StandingView> standings, List<ProgressView> progress) {
        static ResultsView of(ConsultationResults results) {
            return new ResultsView(
                    results.ballots(),
                    results.standings().stream().map(StandingView::of).toList(),
                    results.progress().stream()
                            .map(p -> new ProgressView(p.neighbourhood(), p.ballots(), p.wanted()))
                            .toList());
        }
    }

    /** Whether the caller could vote; {@code reason} is the code of why not, null if they could. */
    public record EligibilityView(
            boolean may, @Schema(nullable = true) @Nullable String reason) {}

    @GET
    @Operation(summary = "Consultations, latest opening first; a piece at a time")
    public Items<ConsultationWhole> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("after") @Nullable String after) {
        Slice<Consultation> slice = consultations.list(Paging.of(limit, after, ConsultationService.CURSOR_SIZE));
        return new Items<>(slice.items().stream().map(ConsultationWhole::of).toList(), slice.next());
    }

    @POST
    @Operation(summary = "Announce a consultation")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ConsultationWhole.class)))
    public Response create(@Context Caller caller, @Nullable ConsultationDraft body) {
        Consultation made = consultations.create(
                caller,
                body == null
                        ? new ConsultationDraft(null, null, null, null, null, null, null, null, null, null, null)
                        : body);
        return Response.created(URI.create("/api/v1/consultations/" + made.id()))
                .entity(ConsultationWhole.of(made))
                .build();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One consultation")
    public ConsultationWhole get(@PathParam("id") long id) {
        return ConsultationWhole.of(consultations.get(id));
    }

    @POST
    @Path("{id}/close")
    @Operation(summary = "End voting now")
    public ConsultationWhole close(@Context Caller caller, @PathParam("id") long id) {
        return ConsultationWhole.of(consultations.close(caller, id));
    }

    @GET
    @Path("{id}/eligibility")
    @Operation(summary = "Whether the caller could vote, and why not")
    public EligibilityView eligibility(@Context Caller caller, @PathParam("id") long id) {
        String reason = consultations.obstacle(caller, id).orElse(null);
        return new EligibilityView(reason == null, reason);
    }

    @GET
    @Path("{id}/results")
    @Operation(summary = "What came of a consultation, or stands so far")
    public ResultsView results(@PathParam("id") long id) {
        return ResultsView.of(consultations.results(id));
    }

    @GET
    @Path("{id}/ballot")
    @Operation(summary = "The caller's own ballot")
    public BallotView ballot(@Context Caller caller, @PathParam("id") long id) {
        caller.requireMember();
        return consultations.find(caller, id).map(BallotView::of).orElseThrow(NotFoundException::new);
    }

    @PUT
    @Path("{id}/ballot")
    @Operation(summary = "Vote, or change one's ballot; the same again changes nothing")
    public BallotView vote(@Context Caller caller, @PathParam("id") long id, @Nullable BallotBody body) {
        return BallotView.of(consultations.vote(caller, id, values(body == null ? null : body.values())));
    }

    @POST
    @Path("{id}/papers")
    @Operation(summary = "Enter a ballot on paper; it counts once two clerks entered the same")
    public PaperView paper(@Context Caller caller, @PathParam("id") long id, @Nullable PaperBody body) {
        PaperService.Paper paper = papers.enter(
                caller, id, body == null ? null : body.number(), values(body == null ? null : body.values()));
        return new PaperView(paper.number(), paper.state().word(), paper.receipt());
    }

    private static Map<Integer, Integer> values(@Nullable Map<String, Integer> sent) {
        Map<Integer, Integer> values = new HashMap<>();
        if (sent != null) {
            sent.forEach((option, value) -> {
                if (value == null || !option.matches("[1-9][0-9]{0,3}")) {
                    throw InvalidException.of("ballot", "ideas.ballot-unknown");
                }
                values.put(Integer.valueOf(option), value);
            });
        }
        return values;
    }

    @DELETE
    @Path("{id}/ballot")
    @Operation(summary = "Take one's ballot back")
    @ApiResponse(
            responseCode = "200",
            description = "done; the receipt of that",
            content = @Content(schema = @Schema(implementation = WithdrawalView.class)))
    @ApiResponse(responseCode = "204", description = "there was no ballot")
    public Response withdraw(@Context Caller caller, @PathParam("id") long id) {
        return consultations
                .withdraw(caller, id)
                .map(receipt -> Response.ok(new WithdrawalView(receipt)).build())
                .orElseGet(() -> Response.noContent().build());
    }
}
