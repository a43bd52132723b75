// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.api.list.Paging;
import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.ConsultationService;
import ca.notreville.ideas.api.ReceiptService;
import ca.notreville.ideas.api.VoteReceipt;
import ca.notreville.ideas.internal.view.StaticTemplates;
import ca.notreville.ideas.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.FooterEntry;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Visit;
import java.util.Optional;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Where anybody checks a receipt and takes the whole list along. Codes are posted, so that no address and no log holds one. */
@Path("/receipts")
@Produces(MediaType.TEXT_HTML)
public final class ReceiptPages {

    private static final Templates VIEWS = new StaticTemplates();
    private static final int SEALS = 10;

    private final ReceiptService receipts;
    private final Initiatives initiatives;
    private final ConsultationService consultations;

    public ReceiptPages(ReceiptService receipts, Initiatives initiatives, ConsultationService consultations) {
        this.receipts = receipts;
        this.initiatives = initiatives;
        this.consultations = consultations;
    }

    /**
     * What the list has for a receipt, in words.
     *
     * @param title of what was voted on, as it is shown
     * @param path of its page, "" if the visitor sees none
     * @param said what the vote says
     */
    public record Checked(VoteReceipt receipt, String title, String path, String said) {}

    @GET
    public Answer show(@Context Visit visit, @QueryParam("after") @Nullable String after) {
        return page(visit, Form.empty(), null, after);
    }

    @POST
    public Answer check(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> receipts.check(form.value("receipt")))
                .then(receipt -> page(visit, form, checked(visit, receipt), null))
                .orAgain(wrong -> page(visit, wrong, null, null));
    }

    private Page page(Visit visit, Form form, @Nullable Checked checked, @Nullable String after) {
        Paging paging = new Paging(
                SEALS, Paging.of(null, after, ReceiptService.CURSOR_SIZE).after());
        return Page.of(
                        visit.text("ideas.receipts.title"),
                        VIEWS.receipts(visit, form, checked, receipts.latest().orElse(null), receipts.seals(paging)))
                .describedAs(visit.text("ideas.receipts.lead"));
    }

    private Checked checked(Visit visit, VoteReceipt receipt) {
        Optional<InitiativeSummary> subject =
                Initiative.parse(receipt.subject()).flatMap(known -> initiatives.find(visit.caller(), known));
        return new Checked(
                receipt,
                subject.map(InitiativeSummary::title).orElse(receipt.subject()),
                subject.map(InitiativeSummary::path).orElse(""),
                said(visit, receipt));
    }

    private String said(Visit visit, VoteReceipt receipt) {
        if (Choice.words().contains(receipt.content())) {
            return visit.text("ideas.choice." + receipt.content());
        }
        return Initiative.parse(receipt.subject())
                .filter(subject -> subject.kind().equals(ConsultationService.KIND)
                        && receipt.content().contains("="))
                .map(subject ->
                        ConsultationView.bare(consultations, subject.id()).words(visit, receipt.content()))
                .orElse(receipt.content());
    }

    @GET
    @Path("votes.txt")
    @Produces(MediaType.TEXT_PLAIN)
    public Response list() {
        StreamingOutput all = receipts::export;
        return Response.ok(all, "text/plain; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"votes.txt\"")
                .build();
    }

    @GET
    @Path("VerifyVotes.java")
    @Produces(MediaType.TEXT_PLAIN)
    public Response verifier() {
        return Response.ok(receipts.verifier(), "text/plain; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"VerifyVotes.java\"")
                .build();
    }

    /** The link at the foot of every page. */
    @Component
    public static final class ReceiptsEntry implements FooterEntry {

        @Override
        public String path() {
            return "/receipts";
        }

        @Override
        public String label() {
            return "ideas.receipts.footer";
        }

        @Override
        public int rank() {
            return 200;
        }
    }
}
