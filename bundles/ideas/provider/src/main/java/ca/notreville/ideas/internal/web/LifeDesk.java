// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Scope;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.ideas.api.AnswerDraft;
import ca.notreville.ideas.api.Awaiting;
import ca.notreville.ideas.api.Idea;
import ca.notreville.ideas.api.IdeaCard;
import ca.notreville.ideas.api.IdeaQuery;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.LifeService;
import ca.notreville.ideas.api.MergeDraft;
import ca.notreville.ideas.api.MoveDraft;
import ca.notreville.ideas.internal.view.StaticTemplates;
import ca.notreville.ideas.internal.view.Templates;
import ca.notreville.web.api.AdminEntry;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Visit;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Where staff decide what becomes of ideas. */
@Path("/admin/ideas")
@Produces(MediaType.TEXT_HTML)
public final class LifeDesk {

    private static final Templates VIEWS = new StaticTemplates();
    private static final int SHOWN = 20;
    private static final int FEW = 8;
    private static final long NO_AMOUNT = -1;
    private static final Pattern PLAIN = Pattern.compile("[0-9]{1,13}([.,][0-9]{1,2})?");
    private static final Pattern GROUPED = Pattern.compile("[0-9]{1,3}(,[0-9]{3}){1,4}(\\.[0-9]{1,2})?");

    private final IdeaService ideas;
    private final LifeService life;
    private final TerritoryService territory;
    private final AccessControl access;

    public LifeDesk(IdeaService ideas, LifeService life, TerritoryService territory, AccessControl access) {
        this.ideas = ideas;
        this.life = life;
        this.territory = territory;
        this.access = access;
    }

    /** What is on the desk: what waits, and what was looked for or might be next. */
    public record Desk(
            Slice<Awaiting> waiting,
            @Nullable String neighbourhood,
            List<Neighbourhood> places,
            String q,
            List<IdeaCard> others) {}

    @GET
    public Answer list(
            @Context Visit visit,
            @QueryParam("neighbourhood") @Nullable String neighbourhood,
            @QueryParam("q") @Nullable String q,
            @QueryParam("after") @Nullable String after) {
        String place = neighbourhood == null || neighbourhood.isBlank() ? null : neighbourhood;
        Slice<Awaiting> waiting =
                life.awaiting(visit.caller(), place, Paging.of(String.valueOf(SHOWN), after, LifeService.CURSOR_SIZE));
        if (visit.wantsFragment()) {
            return Page.fragment(VIEWS.deskRows(visit, waiting, place));
        }
        String words = Fields.clean(q);
        IdeaQuery query = words.isEmpty()
                ? new IdeaQuery(null, place, null, IdeaState.PUBLISHED.word(), "popular")
                : new IdeaQuery(words, null, null, null, null);
        List<IdeaCard> others =
                ideas.list(visit.caller(), query, Paging.first(FEW)).items();
        return Page.of(
                visit.text("ideas.desk.title"),
                VIEWS.desk(visit, new Desk(waiting, place, territory.neighbourhoods(), words, others)));
    }

    @GET
    @Path("{id: [0-9]+}")
    public Answer show(@Context Visit visit, @PathParam("id") long id) {
        return idea(visit, id, Form.empty());
    }

    private Page idea(Visit visit, long id, Form form) {
        Idea idea = seen(visit, id);
        return Page.of(
                idea.title(), VIEWS.deskIdea(visit, idea, new LifeLine(visit, life.get(visit.caller(), id)), form));
    }

    private Idea seen(Visit visit, long id) {
        if (!access.allowsSomewhere(visit.caller(), LifeService.MERGE)
                && !access.allowsSomewhere(visit.caller(), LifeService.ANSWER)) {
            access.require(visit.caller(), LifeService.ANSWER);
        }
        Idea idea = ideas.get(visit.caller(), id);
        Scope where = Scope.in(idea.neighbourhood());
        if (!access.allows(visit.caller(), LifeService.MERGE, where)) {
            access.require(visit.caller(), LifeService.ANSWER, where);
        }
        return idea;
    }

    @POST
    @Path("{id: [0-9]+}/move")
    public Answer move(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        return decide(
                visit,
                id,
                form,
                () -> life.move(visit.caller(), id, new MoveDraft(form.value("to"), form.value("text"), step(form))),
                wrong -> idea(visit, id, wrong));
    }

    @POST
    @Path("{id: [0-9]+}/answer")
    public Answer answer(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        return decide(
                visit,
                id,
                form,
                () -> life.answer(
                        visit.caller(),
                        id,
                        new AnswerDraft(
                                form.value("outcome"),
                                form.value("reason"),
                                cents(form.value("cost")),
                                form.value("plannedOn"),
                                step(form))),
                wrong -> idea(visit, id, wrong));
    }

    /** An amount as people write it: 12 500, 12 500,50 or 12,500.50; {@code null} if there is none. */
    static @Nullable Long cents(String text) {
        String amount = text.replaceAll("[\\s\\p{Z}$]", "");
        if (amount.isEmpty()) {
            return null;
        }
        if (GROUPED.matcher(amount).matches()) {
            amount = amount.replace(",", "");
        } else if (!PLAIN.matcher(amount).matches()) {
            return NO_AMOUNT;
        }
        return new java.math.BigDecimal(amount.replace(',', '.'))
                .movePointRight(2)
                .longValueExact();
    }

    private static @Nullable Integer step(Form form) {
        try {
            return form.optional("step") == null ? null : Integer.valueOf(form.value("step"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Somebody may have decided meanwhile: then what was typed is kept, and where the idea stands now is shown above it. */
    private static Answer decide(Visit visit, long id, Form form, Supplier<?> decision, Function<Form, Page> again) {
        try {
            return form.attempt(decision)
                    .then(done -> Redirect.to("/admin/ideas/" + id).saying("ideas.desk.done"))
                    .orAgain(again);
        } catch (ConflictException e) {
            FieldError error = new FieldError("", e.code(), e.arguments());
            return again.apply(form.withErrors(List.of(error))).withStatus(409);
        }
    }

    @GET
    @Path("{id: [0-9]+}/merge")
    public Answer targets(
            @Context Visit visit,
            @PathParam("id") long id,
            @QueryParam("q") @Nullable String q,
            @QueryParam("into") @Nullable String into) {
        return merging(visit, id, Form.empty().with("q", q).with("into", into));
    }

    private Page merging(Visit visit, long id, Form form) {
        Idea idea = seen(visit, id);
        access.require(visit.caller(), LifeService.MERGE, Scope.in(idea.neighbourhood()));
        String words = Fields.clean(form.value("q"));
        Idea target = target(visit, form);
        List<IdeaCard> found = target != null
                ? List.of()
                : candidates(visit, idea, words).stream()
                        .filter(card -> card.id() != id && takesIn(card.state()))
                        .toList();
        return Page.of(
                visit.text("ideas.desk.merge.title"),
                VIEWS.deskMerge(visit, idea, life.get(visit.caller(), id).step(), words, found, target, form));
    }

    /** What was asked for; before anything was, what is like it. */
    private List<IdeaCard> candidates(Visit visit, Idea idea, String words) {
        return words.isEmpty()
                ? ideas.similar(visit.caller(), idea.title())
                : ideas.list(visit.caller(), new IdeaQuery(cut(words), null, null, null, null), Paging.first(SHOWN))
                        .items();
    }

    private @Nullable Idea target(Visit visit, Form form) {
        String into = form.value("into");
        return into.matches("[0-9]{1,18}") && form.error("into").isEmpty()
                ? ideas.get(visit.caller(), Long.parseLong(into))
                : null;
    }

    private static String cut(String words) {
        return words.codePointCount(0, words.length()) <= IdeaQuery.MAX_Q
                ? words
                : words.substring(0, words.offsetByCodePoints(0, IdeaQuery.MAX_Q));
    }

    private static boolean takesIn(IdeaState state) {
        return state == IdeaState.PUBLISHED || state == IdeaState.UNDER_REVIEW;
    }

    @POST
    @Path("{id: [0-9]+}/merge")
    public Answer merge(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        return decide(
                visit,
                id,
                form,
                () -> life.merge(
                        visit.caller(), id, new MergeDraft(form.value("into"), form.value("text"), step(form))),
                wrong -> merging(visit, id, wrong));
    }

    @POST
    @Path("{id: [0-9]+}/part")
    public Answer part(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        return decide(
                visit,
                id,
                form,
                () -> life.part(visit.caller(), id, new MoveDraft(null, form.value("text"), step(form))),
                wrong -> idea(visit, id, wrong));
    }

    /** The entry of the page of administration. */
    @Component
    public static final class DeskEntry implements AdminEntry {

        @Override
        public String path() {
            return "/admin/ideas";
        }

        @Override
        public String label() {
            return "ideas.desk.nav";
        }

        @Override
        public String hint() {
            return "ideas.desk.hint";
        }

        @Override
        public int rank() {
            return 100;
        }

        @Override
        public String action() {
            return LifeService.ANSWER;
        }
    }
}
