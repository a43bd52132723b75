// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.call.Call;
import ca.notreville.core.api.call.CallAnswer;
import ca.notreville.core.api.call.CallDraft;
import ca.notreville.core.api.call.CallService;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.internal.follow.Targets;
import ca.notreville.core.internal.follow.Targets.Found;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.HomePanel;
import ca.notreville.web.api.NeighbourhoodPanel;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Visit;
import gg.jte.Content;
import java.util.List;
import java.util.Optional;
import javax.ws.rs.DefaultValue;
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

/** Calls to action: sent, answered by one tap, and what came of them. */
@Component(service = CallPages.class)
@Path("/calls")
@Produces(MediaType.TEXT_HTML)
public final class CallPages {

    private static final Templates VIEWS = new StaticTemplates();
    private static final String ID = "{id: [0-9]{1,18}}";

    private final CallService calls;
    private final Targets targets;

    @Activate
    public CallPages(@Reference CallService calls, @Reference Targets targets) {
        this.calls = calls;
        this.targets = targets;
    }

    @GET
    public Answer list(@Context Visit visit) {
        return Page.of(visit.text("core.calls.title"), VIEWS.calls(visit, calls.open(null, CallService.MOST_LISTED)));
    }

    @GET
    @Path("new")
    public Answer newForm(@Context Visit visit, @QueryParam("target") @DefaultValue("") String target) {
        return editor(visit, Form.empty().with("target", target));
    }

    private Page editor(Visit visit, Form form) {
        Caller caller = visit.caller();
        if (!caller.signedIn()) {
            throw new UnauthenticatedException();
        }
        Target target = target(form);
        Found found = targets.find(caller, target).orElseThrow(NotFoundException::new);
        if (!calls.mayCall(caller, target)) {
            throw new ForbiddenException();
        }
        return Page.of(visit.text("core.call.new.title"), VIEWS.callForm(visit, form, target, found.title()));
    }

    private static Target target(Form form) {
        return Target.parse(form.value("target")).orElseThrow(NotFoundException::new);
    }

    @POST
    public Answer send(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> calls.send(
                        visit.caller(),
                        target(form),
                        new CallDraft(
                                form.value("title"),
                                form.value("text"),
                                form.value("place"),
                                form.value("startsAt"),
                                form.value("wanted"),
                                form.value("closesAt"))))
                .then(call -> Redirect.to("/calls/" + call.id()).saying("core.call.sent"))
                .orAgain(wrong -> editor(visit, wrong));
    }

    @GET
    @Path(ID)
    public Answer show(@Context Visit visit, @PathParam("id") long id, @QueryParam("as") @Nullable String as) {
        return page(visit, calls.get(id), as == null ? "" : as, Form.empty());
    }

    private Page page(Visit visit, Call call, String as, Form form) {
        CallAnswer mine = (as.isEmpty() ? calls.answer(visit.caller(), call.id()) : calls.answerByLetter(call.id(), as))
                .orElse(null);
        return Page.of(
                        call.title(),
                        VIEWS.call(
                                visit,
                                call,
                                VIEWS.callAnswer(visit, call, mine, as),
                                calls.mayClose(visit.caller(), call),
                                form))
                .describedAs(call.text());
    }

    /** From the page, or from a letter: the page that its link opened, whoever's session that is in. */
    @POST
    @Path(ID + "/answer")
    public Answer answer(@Context Visit visit, @Context Form form, @PathParam("id") long id) {
        if (!CallAnswer.words().contains(form.value("answer"))) {
            throw InvalidException.of("answer", "not-one-of");
        }
        CallAnswer answer = CallAnswer.of(form.value("answer"));
        String as = form.value("as");
        Call call = as.isEmpty() ? calls.answer(visit.caller(), id, answer) : calls.answerByLetter(id, as, answer);
        if (visit.wantsFragment()) {
            return Page.fragment(VIEWS.callAnswer(visit, call, answer, as));
        }
        String path = "/calls/" + id + (as.isEmpty() ? "" : "?as=" + visit.encode(as));
        return Redirect.to(path + "#answer").saying("core.call.answered." + answer.word());
    }

    @POST
    @Path(ID + "/close")
    public Answer close(@Context Visit visit, @PathParam("id") long id) {
        calls.close(visit.caller(), id);
        return Redirect.to("/calls/" + id).saying("core.call.closed");
    }

    @POST
    @Path(ID + "/result")
    public Answer tell(@Context Visit visit, @Context Form form, @PathParam("id") long id) {
        return form.attempt(() -> {
                    try {
                        return calls.tell(visit.caller(), id, form.value("result"));
                    } catch (ConflictException e) {
                        throw InvalidException.of("result", e.code());
                    }
                })
                .then(call -> Redirect.to("/calls/" + id).saying("core.call.told"))
                .orAgain(wrong -> page(visit, calls.get(id), "", wrong));
    }

    /** Calls on the home page and on that of a neighbourhood. */
    @Component(service = {HomePanel.class, NeighbourhoodPanel.class})
    public static final class CallsPanel implements HomePanel, NeighbourhoodPanel {

        private static final int SHOWN = 3;

        private final CallService calls;

        @Activate
        public CallsPanel(@Reference CallService calls) {
            this.calls = calls;
        }

        @Override
        public int rank() {
            return 50;
        }

        @Override
        public Optional<Content> render(Visit visit) {
            return render(visit, calls.open(null, SHOWN));
        }

        @Override
        public Optional<Content> render(Visit visit, Neighbourhood neighbourhood) {
            return render(visit, calls.open(neighbourhood.id(), SHOWN));
        }

        private static Optional<Content> render(Visit visit, List<Call> some) {
            return some.isEmpty() ? Optional.empty() : Optional.of(VIEWS.callsPanel(visit, some));
        }
    }
}
