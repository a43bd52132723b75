// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.Idea;
import ca.notreville.ideas.api.IdeaCard;
import ca.notreville.ideas.api.IdeaDraft;
import ca.notreville.ideas.api.IdeaQuery;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.IdeaState;
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
    private final VotingService votes;
    private final TerritoryService territory;

    public IdeaPages(IdeaService ideas, VotingService votes, TerritoryService territory) {
        this.ideas = ideas;
        this.votes = votes;
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
        return form.attempt(() -> ideas.submit(visit.caller(), draft(form)))
                .then(idea -> Redirect.to("/ideas/" + idea.id())
                        .saying(idea.state() == IdeaState.HIDDEN ? "ideas.held" : "ideas.submitted"))
                .orAgain(wrong -> editor(visit, wrong));
    }

    private static IdeaDraft draft(Form form) {
        return new IdeaDraft(
                form.value("title"),
                form.value("need"),
                form.value("proposal"),
                form.optional("category"),
                form.optional("neighbourhood"));
    }

    private Page editor(Visit visit, Form form) {
        return Page.of(
                visit.text("ideas.new.title"),
                VIEWS.editor(visit, form, Options.of(visit, ideas.categories()), Options.places(visit, territory)));
    }

    @GET
    @Path("{id: [0-9]+}")
    public Answer show(@Context Visit visit, @PathParam("id") long id) {
        return page(visit, id, "");
    }

    /** @param withdrawn receipt of a vote that was just taken back, or "" */
    private Page page(Visit visit, long id, String withdrawn) {
        Idea idea = ideas.get(visit.caller(), id);
        Vote vote = votes.find(visit.caller(), id).orElse(null);
        return Page.of(
                        idea.title(),
                        VIEWS.idea(
                                visit,
                                new IdeaPage(idea, vote, ideas.categories(), territory.neighbourhoods()),
                                VIEWS.vote(visit, idea, vote, withdrawn),
                                visit.notices(new Initiative(IdeaService.KIND, id)),
                                visit.panels(new Initiative(IdeaService.KIND, id))))
                .describedAs(idea.need().isEmpty() ? idea.proposal() : idea.need());
    }

    /** Votes, or takes the vote back; without script the page comes again, with it only the box of the vote. */
    @POST
    @Path("{id: [0-9]+}/vote")
    public Answer vote(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        String choice = form.value("choice");
        String withdrawn = "";
        if (choice.equals(WITHDRAW)) {
            withdrawn = votes.withdraw(visit.caller(), id).orElse("");
        } else if (Choice.words().contains(choice)) {
            votes.cast(visit.caller(), id, Choice.valueOf(choice.toUpperCase(Locale.ROOT)));
        } else {
            throw new NotFoundException();
        }
        if (visit.wantsFragment()) {
            Idea idea = ideas.get(visit.caller(), id);
            return Page.fragment(
                    VIEWS.vote(visit, idea, votes.find(visit.caller(), id).orElse(null), withdrawn));
        }
        if (!withdrawn.isEmpty()) {
            // its receipt is shown this once
            return page(visit, id, withdrawn);
        }
        return Redirect.to("/ideas/" + id + "#vote")
                .saying(choice.equals(WITHDRAW) ? "ideas.vote.withdrawn" : "ideas.vote.taken");
    }
}
