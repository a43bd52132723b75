// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.DraftService;
import ca.notreville.ideas.api.Idea;
import ca.notreville.ideas.api.IdeaCard;
import ca.notreville.ideas.api.IdeaQuery;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.LifeService;
import ca.notreville.ideas.api.Merge;
import ca.notreville.ideas.api.Vote;
import ca.notreville.ideas.api.VotingService;
import ca.notreville.ideas.internal.view.StaticTemplates;
import ca.notreville.ideas.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Visit;
import java.util.Locale;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The pages of ideas. */
@Path("/ideas")
@Produces(MediaType.TEXT_HTML)
public final class IdeaPages {

    private static final Templates VIEWS = new StaticTemplates();
    private static final String WITHDRAW = "withdraw";

    private final IdeaService ideas;
    private final DraftService drafts;
    private final VotingService votes;
    private final LifeService life;
    private final TerritoryService territory;

    public IdeaPages(
            IdeaService ideas, DraftService drafts, VotingService votes, LifeService life, TerritoryService territory) {
        this.ideas = ideas;
        this.drafts = drafts;
        this.votes = votes;
        this.life = life;
        this.territory = territory;
    }

    @GET
    public Answer list(
            @Context Visit visit,
            @QueryParam("q") @Nullable String q,
            @QueryParam("neighbourhood") @Nullable String neighbourhood,
            @QueryParam("category") @Nullable String category,
            @QueryParam("state") @Nullable String state,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("after") @Nullable String after) {
        // fields of a form that were left open come as empty texts
        IdeaQuery query = new IdeaQuery(q, open(neighbourhood), open(category), open(state), open(sort));
        Slice<IdeaCard> slice = ideas.list(visit.caller(), query, Paging.of(null, after, query.cursorSize()));
        Listing listing = new Listing(query, slice, ideas.categories(), territory.neighbourhoods());
        if (visit.wantsFragment()) {
            return Page.fragment(VIEWS.cards(visit, listing));
        }
        return Page.of(visit.text("ideas.list.title"), VIEWS.list(visit, listing))
                .describedAs(visit.text("ideas.list.lead"));
    }

    private static @Nullable String open(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    @GET
    @Path("new")
    public Answer form(
            @Context Visit visit,
            @QueryParam("title") @Nullable String title,
            @QueryParam("neighbourhood") @Nullable String neighbourhood) {
        return editor(visit, Form.empty().with("title", title).with("neighbourhood", neighbourhood));
    }

    @POST
    public Answer submit(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> submit(visit.caller(), form))
                .then(idea -> Redirect.to("/ideas/" + idea.id())
                        .saying(idea.state() == IdeaState.HIDDEN ? "ideas.held" : "ideas.submitted"))
                .orAgain(wrong -> editor(visit, wrong));
    }

    private Idea submit(Caller caller, Form form) {
        Idea idea = ideas.submit(caller, Drafts.of(form));
        if (Drafts.id(form) > 0) {
            drafts.delete(caller, Drafts.id(form));
        }
        return idea;
    }

    /** While a title is being written: what may be the same. */
    @GET
    @Path("similar")
    public Answer similar(@Context Visit visit, @QueryParam("title") @Nullable String title) {
        return Page.fragment(VIEWS.similar(visit, ideas.similar(visit.caller(), title)));
    }

    /** The same without script: the form again, with all that was typed. Nothing is published. */
    @POST
    @Path("similar")
    public Answer similar(@Context Visit visit, @Context Form form) {
        return editor(visit, form);
    }

    /** The form in which ideas are written. */
    Page editor(Visit visit, Form form) {
        return Page.of(
                visit.text("ideas.new.title"),
                VIEWS.editor(
                        visit,
                        form,
                        Options.of(visit, ideas.categories()),
                        Options.places(visit, territory),
                        VIEWS.similar(visit, ideas.similar(visit.caller(), form.value("title"))),
                        drafts.count(visit.caller())));
    }

    /** @param stay given to read an idea that was united with another one, rather than that one */
    @GET
    @Path("{id: [0-9]+}")
    public Answer show(
            @Context Visit visit, @PathParam("id") long id, @QueryParam(LifePanel.STAY) @Nullable String stay) {
        Idea idea = ideas.get(visit.caller(), id);
        Merge into = idea.state() == IdeaState.MERGED && stay == null
                ? life.get(visit.caller(), id).into()
                : null;
        if (into != null) {
            return Redirect.to("/ideas/" + into.target() + "?" + LifePanel.FROM + "=" + id);
        }
        Vote vote = votes.find(visit.caller(), id).orElse(null);
        return Page.of(
                        idea.title(),
                        VIEWS.idea(
                                visit,
                                new IdeaPage(idea, vote, ideas.categories(), territory.neighbourhoods()),
                                VIEWS.vote(visit, idea, vote),
                                visit.notices(new Initiative(IdeaService.KIND, id)),
                                visit.panels(new Initiative(IdeaService.KIND, id))))
                .describedAs(idea.need().isEmpty() ? idea.proposal() : idea.need());
    }

    /** Votes, or takes the vote back; without script the page comes again, with it only the box of the vote. */
    @POST
    @Path("{id: [0-9]+}/vote")
    public Answer vote(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        String choice = form.value("choice");
        if (choice.equals(WITHDRAW)) {
            votes.withdraw(visit.caller(), id);
        } else if (Choice.words().contains(choice)) {
            votes.cast(visit.caller(), id, Choice.valueOf(choice.toUpperCase(Locale.ROOT)));
        } else {
            throw new NotFoundException();
        }
        if (visit.wantsFragment()) {
            Idea idea = ideas.get(visit.caller(), id);
            return Page.fragment(
                    VIEWS.vote(visit, idea, votes.find(visit.caller(), id).orElse(null)));
        }
        return Redirect.to("/ideas/" + id + "#vote")
                .saying(choice.equals(WITHDRAW) ? "ideas.vote.withdrawn" : "ideas.vote.taken");
    }
}
