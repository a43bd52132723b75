// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Scope;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.comment.CommentVersion;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.moderation.ModeratedContent.Item;
import ca.notreville.core.api.moderation.ModerationService;
import ca.notreville.core.api.moderation.ModerationService.Case;
import ca.notreville.core.api.moderation.ModerationService.Filter;
import ca.notreville.core.api.moderation.ModerationService.Report;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.AdminEntry;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The moderators' queue and list of words. */
@Component(service = ModerationPages.class)
@Path("/admin/moderation")
@Produces(MediaType.TEXT_HTML)
public final class ModerationPages {

    private static final int ROWS = 20;
    private static final Templates VIEWS = new StaticTemplates();

    private final ModerationService moderation;
    private final CommentService comments;
    private final MemberService members;
    private final TerritoryService territory;
    private final AccessControl access;

    @Activate
    public ModerationPages(
            @Reference ModerationService moderation,
            @Reference CommentService comments,
            @Reference MemberService members,
            @Reference TerritoryService territory,
            @Reference AccessControl access) {
        this.moderation = moderation;
        this.comments = comments;
        this.members = members;
        this.territory = territory;
        this.access = access;
    }

    /** A case with what a moderator must see to decide; {@code item} is {@code null} if it is gone altogether. */
    public record Desk(
            Case known,
            @Nullable Item item,
            List<Report> reports,
            List<CommentVersion> versions,
            Map<Long, String> names) {}

    @GET
    public Answer queue(
            @Context Visit visit,
            @QueryParam("show") @Nullable String show,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("source") @Nullable String source,
            @QueryParam("neighbourhood") @Nullable String neighbourhood,
            @QueryParam("after") @Nullable String after) {
        Filter filter = new Filter(open(kind), open(source), open(neighbourhood));
        Paging paging = Paging.of(String.valueOf(ROWS), after, ModerationService.CURSOR_SIZE);
        boolean decided = "decided".equals(show);
        Slice<Case> cases = decided
                ? moderation.decided(visit.caller(), filter, paging)
                : moderation.queue(visit.caller(), filter, paging);
        return Page.of(
                visit.text("core.moderation.title"),
                VIEWS.moderationQueue(
                        visit,
                        decided,
                        filter,
                        cases,
                        names(cases.items().stream().flatMap(one -> Stream.of(one.author(), one.decidedBy()))),
                        territory.neighbourhoods()));
    }

    private static @Nullable String open(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private Map<Long, String> names(Stream<Long> of) {
        return members.displayNames(of.filter(id -> id != 0).distinct().toList());
    }

    @GET
    @Path("{id: [0-9]+}")
    public Answer show(@Context Visit visit, @PathParam("id") long id) {
        return desk(visit, id, Form.empty());
    }

    private Page desk(Visit visit, long id, Form form) {
        Case known = moderation.get(visit.caller(), id);
        access.require(visit.caller(), ModerationService.MODERATE, Scope.in(known.neighbourhood()));
        List<Report> reports = moderation.reports(visit.caller(), id);
        List<CommentVersion> versions = known.item().kind().equals("comment")
                ? comments.versions(visit.caller(), known.item().id())
                : List.of();
        List<Long> people = new ArrayList<>(List.of(known.author(), known.decidedBy()));
        reports.forEach(report -> people.add(report.reporter()));
        Desk desk = new Desk(known, describe(visit, known), reports, versions, names(people.stream()));
        return Page.of(visit.text("core.moderation.case"), VIEWS.moderationCase(visit, desk, form));
    }

    private @Nullable Item describe(Visit visit, Case known) {
        try {
            return moderation.item(visit.caller(), known.item());
        } catch (NotFoundException e) {
            // its author took it back, or its module is away
            return null;
        }
    }

    @POST
    @Path("{id: [0-9]+}")
    public Answer decide(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        return form.attempt(() -> moderation.decide(
                        visit.caller(), id, form.optional("decision"), form.value("reason"), days(form)))
                .then(done -> Redirect.to("/admin/moderation").saying("core.moderation.done"))
                .orAgain(wrong -> desk(visit, id, wrong));
    }

    private static @Nullable Integer days(Form form) {
        String days = form.optional("days");
        try {
            return days == null ? null : Integer.valueOf(days);
        } catch (NumberFormatException e) {
            throw InvalidException.of("days", "not-one-of");
        }
    }

    @GET
    @Path("words")
    public Answer words(@Context Visit visit) {
        return wordList(visit, Form.empty());
    }

    private Page wordList(Visit visit, Form form) {
        return Page.of(
                visit.text("core.words.title"), VIEWS.blockedWords(visit, moderation.words(visit.caller()), form));
    }

    @POST
    @Path("words")
    public Answer block(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> {
                    moderation.block(
                            visit.caller(),
                            form.value("word"),
                            form.value("act").equals("refuse"));
                    return true;
                })
                .then(done -> Redirect.to("/admin/moderation/words").saying("core.words.blocked"))
                .orAgain(wrong -> wordList(visit, wrong));
    }

    @POST
    @Path("words/remove")
    public Answer unblock(@Context Visit visit, @Context Form form) {
        moderation.unblock(visit.caller(), form.value("word"));
        return Redirect.to("/admin/moderation/words").saying("core.words.removed");
    }

    /** The queue on the page {@code /admin}. */
    @Component
    public static final class ModerationEntry implements AdminEntry {
        @Override
        public String path() {
            return "/admin/moderation";
        }

        @Override
        public String label() {
            return "core.moderation.title";
        }

        @Override
        public String hint() {
            return "core.moderation.hint";
        }

        @Override
        public int rank() {
            return 10;
        }

        @Override
        public String action() {
            return ModerationService.MODERATE;
        }
    }
}
