// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.rest;

import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.ideas.api.ReceiptService;
import ca.notreville.ideas.api.VoteReceipt;
import ca.notreville.ideas.api.VoteSeal;
import ca.notreville.ideas.internal.rest.IdeaViews.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;

/** The public list of votes over REST. */
@Path("/api/v1/receipts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "receipts")
public final class ReceiptResource {

    private final ReceiptService receipts;

    public ReceiptResource(ReceiptService receipts) {
        this.receipts = receipts;
    }

    /** What is sent to check a receipt. */
    public record ReceiptBody(@Nullable String receipt) {}

    /**
     * A seal.
     *
     * @param entries how many entries of the list are under it and all seals before it
     * @param root SHA-256 of the list until there
     */
    public record SealView(long number, long entries, Instant sealedAt, String root) {
        static SealView of(VoteSeal seal) {
            return new SealView(seal.number(), seal.entries(), seal.sealedAt(), seal.root());
        }
    }

    /**
     * What the list has for a receipt.
     *
     * @param subject kind and id of what was voted on
     * @param content for, neutral, against; option=value parted by commas; - for a vote that was taken back
     * @param act cast, changed, withdrawn, moved or dropped
     * @param code what stands for the receipt in the list
     * @param counts whether it stands, and was not taken back
     * @param entry its number in the list, null until it is sealed
     * @param seal null until it is sealed
     * @param replacedBy what took its place, null if it stands
     */
    public record ReceiptView(
            String receipt,
            String subject,
            String content,
            String act,
            String code,
            boolean counts,
            @Schema(nullable = true) @Nullable Long entry,
            @Schema(nullable = true) @Nullable SealView seal,
            @Schema(nullable = true) @Nullable String replacedBy) {

        static ReceiptView of(VoteReceipt receipt) {
            VoteSeal seal = receipt.seal();
            return new ReceiptView(
                    receipt.receipt(),
                    receipt.subject(),
                    receipt.content(),
                    receipt.act().word(),
                    receipt.code(),
                    receipt.replacedBy() == null && !receipt.content().equals("-"),
                    seal == null ? null : receipt.entry(),
                    seal == null ? null : SealView.of(seal),
                    receipt.replacedBy() == null ? null : receipt.replacedBy().word());
        }
    }

    @POST
    @Path("check")
    @Operation(summary = "What the public list of votes has for a receipt; changes nothing")
    public ReceiptView check(@Nullable ReceiptBody body) {
        return ReceiptView.of(receipts.check(body == null ? null : body.receipt()));
    }

    @GET
    @Path("seals")
    @Operation(summary = "The seals on the public list of votes, latest first; a piece at a time")
    public Items<SealView> seals(
            @QueryParam("limit") @Nullable String limit, @QueryParam("after") @Nullable String after) {
        Slice<VoteSeal> slice = receipts.seals(Paging.of(limit, after, ReceiptService.CURSOR_SIZE));
        return new Items<>(slice.items().stream().map(SealView::of).toList(), slice.next());
    }

    @GET
    @Path("list")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(summary = "The whole public list of votes until the latest seal, as text")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    public Response list() {
        StreamingOutput all = receipts::export;
        return Response.ok(all, "text/plain; charset=utf-8").build();
    }
}
