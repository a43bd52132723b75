// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.member.AccountService;
import ca.notreville.core.api.member.AccountService.Entered;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.AdminEntry;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Ui.Option;
import ca.notreville.web.api.Visit;
import java.util.ArrayList;
import java.util.List;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where staff enter accounts for people at the counter or from paper, and act for them until they take the account over. */
@Component(service = CounterPages.class)
@Path("/admin/counter")
@Produces(MediaType.TEXT_HTML)
public final class CounterPages {

    private static final Templates VIEWS = new StaticTemplates();

    private final AccountService accounts;
    private final TerritoryService territory;

    @Activate
    public CounterPages(@Reference AccountService accounts, @Reference TerritoryService territory) {
        this.accounts = accounts;
        this.territory = territory;
    }

    @GET
    public Answer show(@Context Visit visit) {
        return page(visit, Form.empty());
    }

    private Page page(Visit visit, Form form) {
        List<Option> places = new ArrayList<>();
        places.add(new Option("", visit.text("core.neighbourhood.none")));
        for (Neighbourhood place : territory.neighbourhoods()) {
            places.add(new Option(place.id(), place.name()));
        }
        return Page.of(
                visit.text("core.counter.title"), VIEWS.counter(visit, form, places, accounts.entered(visit.caller())));
    }

    @POST
    public Answer enter(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> accounts.enter(
                        visit.caller(),
                        form.value("displayName"),
                        form.optional("email"),
                        form.optional("neighbourhood")))
                .then(entered -> enteredPage(visit, entered))
                .orAgain(wrong -> page(visit, wrong));
    }

    private static Page enteredPage(Visit visit, Entered entered) {
        return Page.of(visit.text("core.counter.entered"), VIEWS.counterEntered(visit, entered));
    }

    @POST
    @Path("act")
    public Answer act(@Context Visit visit, @Context Form form) {
        String member = form.value("member");
        if (!member.matches("[0-9]{1,18}")) {
            throw new ForbiddenException();
        }
        Session session = accounts.actFor(visit.caller(), Long.parseLong(member), visit.device());
        visit.endSession();
        visit.startSession(session);
        return Redirect.to("/members/counter").saying("core.counter.acting");
    }

    /** The counter on the page {@code /admin}. */
    @Component
    public static final class CounterEntry implements AdminEntry {
        @Override
        public String path() {
            return "/admin/counter";
        }

        @Override
        public String label() {
            return "core.counter.title";
        }

        @Override
        public String hint() {
            return "core.counter.hint";
        }

        @Override
        public int rank() {
            return 30;
        }

        @Override
        public String action() {
            return AccountService.COUNTER;
        }
    }
}
