// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.contact.ContactService;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.organisation.Actor;
import ca.notreville.core.api.organisation.Invitation;
import ca.notreville.core.api.organisation.MembershipRole;
import ca.notreville.core.api.organisation.Organisation;
import ca.notreville.core.api.organisation.OrganisationDraft;
import ca.notreville.core.api.organisation.OrganisationQuery;
import ca.notreville.core.api.organisation.OrganisationService;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.NavEntry;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Ui.Option;
import ca.notreville.web.api.Visit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** The directory of organisations, a page for each, and what its people do there. */
@Component(service = OrganisationPages.class)
@Path("/organisations")
@Produces(MediaType.TEXT_HTML)
public final class OrganisationPages {

    private static final Templates VIEWS = new StaticTemplates();

    private final OrganisationService organisations;
    private final ContactService contacts;
    private final TerritoryService territory;

    @Activate
    public OrganisationPages(
            @Reference OrganisationService organisations,
            @Reference ContactService contacts,
            @Reference TerritoryService territory) {
        this.organisations = organisations;
        this.contacts = contacts;
        this.territory = territory;
    }

    /** A piece of the directory and what its page needs to be filtered. */
    public record Directory(OrganisationQuery query, Slice<Organisation> slice, List<Neighbourhood> places) {

        public boolean filtered() {
            return query.isSearch() || query.kind() != null || query.neighbourhood() != null;
        }

        public Optional<Neighbourhood> place(Organisation organisation) {
            return places.stream()
                    .filter(place -> place.id().equals(organisation.neighbourhood()))
                    .findFirst();
        }

        /** Address of the next piece. */
        public @Nullable String next(Visit visit) {
            return slice.next() == null
                    ? null
                    : "/organisations?q=" + visit.encode(People.text(query.q())) + "&kind="
                            + visit.encode(People.text(query.kind())) + "&neighbourhood="
                            + visit.encode(People.text(query.neighbourhood())) + "&after=" + slice.next();
        }
    }

    @GET
    public Answer list(
            @Context Visit visit,
            @QueryParam("q") @Nullable String q,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("neighbourhood") @Nullable String neighbourhood,
            @QueryParam("after") @Nullable String after) {
        OrganisationQuery query = new OrganisationQuery(q, open(kind), open(neighbourhood));
        Directory directory = new Directory(
                query,
                organisations.list(query, Paging.of(null, after, query.cursorSize())),
                territory.neighbourhoods());
        if (visit.wantsFragment()) {
            return Page.fragment(VIEWS.organisationCards(visit, directory));
        }
        return Page.of(visit.text("core.organisations.directory"), VIEWS.organisations(visit, directory))
                .describedAs(visit.text("core.organisations.lead"));
    }

    private static @Nullable String open(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    @GET
    @Path("new")
    public Answer form(@Context Visit visit) {
        visit.caller().requireMember();
        return editor(visit, Form.empty(), null);
    }

    @POST
    public Answer create(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> organisations.create(visit.caller(), draft(form)))
                .then(created -> Redirect.to("/organisations/" + created.id()).saying("core.organisation.created"))
                .orAgain(wrong -> editor(visit, wrong, null));
    }

    private static OrganisationDraft draft(Form form) {
        return new OrganisationDraft(
                form.value("name"),
                form.optional("kind"),
                form.value("missionFr"),
                form.value("missionEn"),
                form.value("address"),
                form.optional("neighbourhood"));
    }

    private Page editor(Visit visit, Form form, @Nullable Organisation organisation) {
        List<Option> kinds = new ArrayList<>();
        kinds.add(new Option("", visit.text("core.choose")));
        Organisation.KINDS.forEach(kind -> kinds.add(new Option(kind, visit.text("core.organisation." + kind))));
        List<Option> places = new ArrayList<>();
        places.add(new Option("", visit.text("core.roles.everywhere")));
        territory.neighbourhoods().forEach(place -> places.add(new Option(place.id(), place.name())));
        String title = visit.text(organisation == null ? "core.organisation.new" : "core.organisation.edit");
        return Page.of(title, VIEWS.organisationEdit(visit, form, organisation, kinds, places));
    }

    @GET
    @Path("{id: [0-9]+}")
    public Answer show(@Context Visit visit, @PathParam("id") long id) {
        Organisation organisation = organisations.show(visit.caller(), id);
        boolean blocked = visit.caller().signedIn()
                && contacts.blocked(visit.caller()).stream()
                        .anyMatch(one -> one.actor().equals(Actor.organisation(id)));
        return Page.of(
                        organisation.name(),
                        VIEWS.organisation(
                                visit,
                                organisation,
                                place(organisation.neighbourhood()),
                                organisations.members(visit.caller(), id),
                                organisations.roleOf(visit.caller(), id).orElse(null),
                                blocked,
                                visit.panels(new Initiative("organisation", id))))
                .describedAs(organisation.mission(visit.locale()));
    }

    private @Nullable Neighbourhood place(@Nullable String id) {
        return id == null ? null : territory.neighbourhood(id).orElse(null);
    }

    @GET
    @Path("{id: [0-9]+}/edit")
    public Answer edit(@Context Visit visit, @PathParam("id") long id) {
        Organisation o = organisations.find(id).orElseThrow(NotFoundException::new);
        if (!organisations.mayActFor(visit.caller(), Actor.organisation(id))
                && !visit.may(OrganisationService.VERIFY)) {
            visit.caller().requireMember();
            throw new ForbiddenException();
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("version", List.of(String.valueOf(o.version())));
        values.put("name", List.of(o.name()));
        values.put("kind", List.of(o.kind()));
        values.put("missionFr", List.of(o.missionFr()));
        values.put("missionEn", List.of(o.missionEn()));
        values.put("address", List.of(o.address()));
        values.put("neighbourhood", List.of(People.text(o.neighbourhood())));
        return editor(visit, new Form(values, Map.of(), List.of()), o);
    }

    @POST
    @Path("{id: [0-9]+}/edit")
    public Answer save(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        String version = form.value("version");
        return form.attempt(() -> {
                    try {
                        return organisations.update(
                                visit.caller(),
                                id,
                                draft(form),
                                version.matches("[0-9]{1,9}") ? Integer.valueOf(version) : null);
                    } catch (ConflictException e) {
                        throw InvalidException.of("name", e.code());
                    }
                })
                .then(saved -> Redirect.to("/organisations/" + id).saying("core.organisation.saved"))
                .orAgain(wrong -> editor(visit, wrong, organisations.find(id).orElseThrow(NotFoundException::new)));
    }

    @GET
    @Path("{id: [0-9]+}/people")
    public Answer people(@Context Visit visit, @PathParam("id") long id) {
        return peoplePage(visit, id, Form.empty());
    }

    private Page peoplePage(Visit visit, long id, Form form) {
        Organisation organisation = organisations.find(id).orElseThrow(NotFoundException::new);
        List<Invitation> invitations = organisations.invitations(visit.caller(), id);
        MembershipRole own = organisations.roleOf(visit.caller(), id).orElseThrow(ForbiddenException::new);
        List<Option> roles = new ArrayList<>();
        roles.add(new Option("member", visit.text("core.membership.member")));
        if (own == MembershipRole.OWNER) {
            roles.add(new Option("manager", visit.text("core.membership.manager")));
        }
        return Page.of(
                visit.text("core.organisation.people-of", "name", organisation.name()),
                VIEWS.organisationPeople(
                        visit, form, organisation, organisations.members(visit.caller(), id), invitations, own, roles));
    }

    @POST
    @Path("{id: [0-9]+}/invitations")
    public Answer invite(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        return form.attempt(() -> {
                    try {
                        return organisations.invite(
                                visit.caller(), id, new Invitation.Draft(form.value("email"), form.optional("role")));
                    } catch (TooManyRequestsException e) {
                        throw InvalidException.of("email", e.code());
                    }
                })
                .then(sent -> Redirect.to(people(id)).saying("core.invitation.sent"))
                .orAgain(wrong -> peoplePage(visit, id, wrong));
    }

    private static String people(long id) {
        return "/organisations/" + id + "/people";
    }

    @POST
    @Path("{id: [0-9]+}/invitations/{invitation: [0-9]+}/revoke")
    public Answer revoke(@Context Visit visit, @PathParam("id") long id, @PathParam("invitation") long invitation) {
        organisations.revoke(visit.caller(), id, invitation);
        return Redirect.to(people(id)).saying("core.invitation.revoked");
    }

    /** Another role, out, or the organisation itself: one form for each person, its buttons say what is to be done. */
    @POST
    @Path("{id: [0-9]+}/people/{member: [0-9]+}")
    public Answer change(
            @Context Visit visit, @PathParam("id") long id, @PathParam("member") long member, @Context Form form) {
        String what = form.value("do");
        return form.attempt(() -> {
                    try {
                        switch (what) {
                            case "remove" -> organisations.remove(visit.caller(), id, member);
                            case "hand-over" -> organisations.handOver(visit.caller(), id, member);
                            default ->
                                organisations.changeRole(
                                        visit.caller(),
                                        id,
                                        member,
                                        MembershipRole.of(what).orElseThrow(NotFoundException::new));
                        }
                        return true;
                    } catch (ConflictException e) {
                        throw InvalidException.of("people", e.code());
                    }
                })
                .then(done -> organisations.mayActFor(visit.caller(), Actor.organisation(id))
                        ? Redirect.to(people(id)).saying("core.membership.changed")
                        : Redirect.to("/organisations/" + id).saying("core.membership.changed"))
                .orAgain(wrong -> peoplePage(visit, id, wrong));
    }

    @POST
    @Path("{id: [0-9]+}/leave")
    public Answer leave(@Context Visit visit, @PathParam("id") long id) {
        organisations.remove(visit.caller(), id, visit.caller().requireMember());
        return Redirect.to("/organisations/" + id).saying("core.membership.left");
    }

    @POST
    @Path("{id: [0-9]+}/shown")
    public Answer shown(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        organisations.show(visit.caller(), id, form.value("shown").equals("yes"));
        return Redirect.to("/organisations/" + id).saying("core.membership.changed");
    }

    @POST
    @Path("{id: [0-9]+}/verify")
    public Answer verify(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        boolean verified = form.value("verified").equals("yes");
        organisations.verify(visit.caller(), id, verified);
        return Redirect.to("/organisations/" + id)
                .saying(verified ? "core.organisation.is-verified" : "core.organisation.not-verified");
    }

    @POST
    @Path("{id: [0-9]+}/block")
    public Answer block(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        boolean blocking = !form.value("block").equals("no");
        if (blocking) {
            contacts.block(visit.caller(), Actor.organisation(id));
        } else {
            contacts.unblock(visit.caller(), Actor.organisation(id));
        }
        return Redirect.to("/organisations/" + id).saying(blocking ? "core.connect.blocked" : "core.connect.unblocked");
    }

    @GET
    @Path("invitations/{token}")
    public Answer invitation(@Context Visit visit, @PathParam("token") String token) {
        return Page.of(
                visit.text("core.invitation.title"), VIEWS.invitation(visit, organisations.invitation(token), token));
    }

    @POST
    @Path("invitations/{token}")
    public Answer answer(@Context Visit visit, @PathParam("token") String token, @Context Form form) {
        if (form.value("answer").equals("decline")) {
            organisations.decline(token);
            return Redirect.to("/organisations").saying("core.invitation.declined");
        }
        Organisation joined =
                organisations.accept(visit.caller(), token, form.value("shown").equals("yes"));
        return Redirect.to("/organisations/" + joined.id()).saying("core.invitation.accepted");
    }

    /** The entry of the organisations in the main navigation; the people are one step further. */
    @Component
    public static final class OrganisationsEntry implements NavEntry {

        @Override
        public String path() {
            return "/organisations";
        }

        @Override
        public String label() {
            return "core.nav.organisations";
        }

        @Override
        public int rank() {
            return 810;
        }
    }
}
