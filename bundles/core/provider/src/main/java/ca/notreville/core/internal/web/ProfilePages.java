// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.contact.ContactService;
import ca.notreville.core.api.contact.ContactService.State;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.member.AccountService;
import ca.notreville.core.api.organisation.Actor;
import ca.notreville.core.api.organisation.OrganisationService;
import ca.notreville.core.api.profile.DirectoryQuery;
import ca.notreville.core.api.profile.KindService;
import ca.notreville.core.api.profile.MemberProfile;
import ca.notreville.core.api.profile.MemberProfile.MemberSkill;
import ca.notreville.core.api.profile.MemberProfile.Part;
import ca.notreville.core.api.profile.ProfileDraft;
import ca.notreville.core.api.profile.ProfileService;
import ca.notreville.core.api.profile.SkillService;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Ui.Option;
import ca.notreville.web.api.Visit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

/** The directory of members, a page for each, one's own profile and whom one knows. */
@Component(service = ProfilePages.class)
@Path("/members")
@Produces(MediaType.TEXT_HTML)
public final class ProfilePages {

    private static final Templates VIEWS = new StaticTemplates();
    private static final String PROFILE = "/members/me/profile";
    private static final String CONNECTIONS = "/members/me/connections";

    private final ProfileService profiles;
    private final KindService kinds;
    private final SkillService skills;
    private final ContactService contacts;
    private final OrganisationService organisations;
    private final TerritoryService territory;
    private final AccountService accounts;

    @Activate
    public ProfilePages(
            @Reference ProfileService profiles,
            @Reference KindService kinds,
            @Reference SkillService skills,
            @Reference ContactService contacts,
            @Reference OrganisationService organisations,
            @Reference TerritoryService territory,
            @Reference AccountService accounts) {
        this.profiles = profiles;
        this.kinds = kinds;
        this.skills = skills;
        this.contacts = contacts;
        this.organisations = organisations;
        this.territory = territory;
        this.accounts = accounts;
    }

    @GET
    public Answer directory(
            @Context Visit visit,
            @QueryParam("q") @Nullable String q,
            @QueryParam("skill") @Nullable String skill,
            @QueryParam("neighbourhood") @Nullable String neighbourhood,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("after") @Nullable String after) {
        DirectoryQuery query = new DirectoryQuery(q, open(skill), open(neighbourhood), open(kind));
        var slice = profiles.directory(visit.caller(), query, Paging.of(null, after, query.cursorSize()));
        People people = new People(query, slice, skills.skills(), territory.neighbourhoods());
        if (visit.wantsFragment()) {
            return Page.fragment(VIEWS.memberCards(visit, people));
        }
        return Page.of(visit.text("core.people.title"), VIEWS.members(visit, people))
                .describedAs(visit.text("core.people.lead"));
    }

    private static @Nullable String open(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    @GET
    @Path("{id: [0-9]+}")
    public Answer show(@Context Visit visit, @PathParam("id") long id) {
        return shown(visit, id, Form.empty());
    }

    private Page shown(Visit visit, long id, Form form) {
        MemberProfile profile = profiles.show(visit.caller(), id);
        return Page.of(
                        profile.displayName(),
                        VIEWS.profile(
                                visit,
                                profile,
                                place(profile.neighbourhood()),
                                accounts.enteredAt(id),
                                contacts.state(visit.caller(), id),
                                organisations.shownBy(id),
                                skills.skills(),
                                form,
                                visit.panels(new Initiative("member", id))))
                .describedAs(profile.bio());
    }

    private @Nullable Neighbourhood place(@Nullable String id) {
        return id == null ? null : territory.neighbourhood(id).orElse(null);
    }

    @GET
    @Path("me/profile")
    public Answer edit(@Context Visit visit) {
        return editor(visit, filled(profiles.own(visit.caller())), Form.empty());
    }

    @POST
    @Path("me/profile")
    public Answer save(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> {
                    try {
                        return profiles.update(visit.caller(), draft(form), version(form));
                    } catch (ConflictException e) {
                        throw InvalidException.of("displayName", e.code());
                    }
                })
                .then(saved -> Redirect.to(PROFILE).saying("core.profile.saved"))
                .orAgain(wrong -> editor(visit, wrong, Form.empty()));
    }

    private static @Nullable Integer version(Form form) {
        String version = form.value("version");
        return version.matches("[0-9]{1,9}") ? Integer.valueOf(version) : null;
    }

    private static Form filled(MemberProfile p) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("version", List.of(String.valueOf(p.version())));
        values.put("displayName", List.of(p.displayName()));
        String neighbourhood = p.neighbourhood();
        values.put("neighbourhood", neighbourhood == null ? List.of() : List.of(neighbourhood));
        values.put("bio", List.of(p.bio()));
        values.put("languages", p.languages());
        values.put(
                "skills",
                p.skills().stream()
                        .filter(skill -> skill.skill() != 0)
                        .map(skill -> String.valueOf(skill.skill()))
                        .toList());
        values.put(
                "words",
                List.of(p.skills().stream()
                        .filter(skill -> skill.skill() == 0)
                        .map(MemberSkill::label)
                        .collect(Collectors.joining(", "))));
        values.put("availability", List.of(p.availability()));
        values.put("interests", List.of(p.interests()));
        values.put("shown", p.shown().stream().map(Part::word).toList());
        values.put("listed", p.listed() ? List.of("yes") : List.of());
        values.put("reachable", p.reachable() ? List.of("yes") : List.of());
        return new Form(values, Map.of(), List.of());
    }

    private static ProfileDraft draft(Form form) {
        return new ProfileDraft(
                form.value("displayName"),
                form.optional("neighbourhood"),
                form.value("bio"),
                form.values().getOrDefault("languages", List.of()),
                form.values().getOrDefault("skills", List.of()),
                Arrays.asList(form.value("words").split("[,;\n]")),
                form.value("availability"),
                form.value("interests"),
                form.values().getOrDefault("shown", List.of()),
                form.optional("listed") != null,
                form.optional("reachable") != null);
    }

    /** @param asking what was typed into the form that asks for a kind of profile */
    private Page editor(Visit visit, Form form, Form asking) {
        return Page.of(
                visit.text("core.profile.title"),
                VIEWS.profileEdit(
                        visit,
                        form,
                        asking,
                        profiles.own(visit.caller()),
                        places(visit, "core.neighbourhood.none"),
                        skills.skills(),
                        kindOptions(visit),
                        places(visit, "core.roles.everywhere"),
                        kinds.own(visit.caller())));
    }

    private static List<Option> kindOptions(Visit visit) {
        return KindService.KINDS.stream()
                .map(kind -> new Option(kind, visit.text("core.profile." + kind)))
                .toList();
    }

    private List<Option> places(Visit visit, String none) {
        List<Option> options = new ArrayList<>();
        options.add(new Option("", visit.text(none)));
        territory.neighbourhoods().forEach(place -> options.add(new Option(place.id(), place.name())));
        return options;
    }

    @POST
    @Path("me/kinds")
    public Answer ask(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> {
                    try {
                        return kinds.ask(
                                visit.caller(), form.optional("kind"), form.value("reason"), form.optional("place"));
                    } catch (ConflictException e) {
                        throw InvalidException.of("kind", e.code());
                    }
                })
                .then(asked -> Redirect.to(PROFILE + "#kinds").saying("core.kind.asked"))
                .orAgain(wrong -> editor(visit, filled(profiles.own(visit.caller())), wrong));
    }

    @POST
    @Path("me/kinds/{request: [0-9]+}/withdraw")
    public Answer withdraw(@Context Visit visit, @PathParam("request") long request) {
        kinds.withdraw(visit.caller(), request);
        return Redirect.to(PROFILE + "#kinds").saying("core.kind.withdrawn");
    }

    @GET
    @Path("me/connections")
    public Answer connections(@Context Visit visit) {
        return Page.of(
                visit.text("core.connections.title"),
                VIEWS.connections(
                        visit,
                        contacts.requests(visit.caller()),
                        contacts.connections(visit.caller()),
                        contacts.blocked(visit.caller())));
    }

    @POST
    @Path("{id: [0-9]+}/connect")
    public Answer connect(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        return form.attempt(() -> contacts.connect(visit.caller(), id, form.value("words")))
                .then(state -> Redirect.to("/members/" + id)
                        .saying(state == State.CONNECTED ? "core.connect.connected" : "core.connect.asked"))
                .orAgain(wrong -> shown(visit, id, wrong));
    }

    @POST
    @Path("{id: [0-9]+}/answer")
    public Answer answer(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        boolean accept = form.value("answer").equals("accept");
        contacts.answer(visit.caller(), id, accept);
        return Redirect.to(CONNECTIONS).saying(accept ? "core.connect.connected" : "core.connect.declined");
    }

    @POST
    @Path("{id: [0-9]+}/disconnect")
    public Answer disconnect(@Context Visit visit, @PathParam("id") long id) {
        contacts.disconnect(visit.caller(), id);
        return Redirect.to("/members/" + id).saying("core.connect.ended");
    }

    @POST
    @Path("{id: [0-9]+}/block")
    public Answer block(@Context Visit visit, @PathParam("id") long id) {
        contacts.block(visit.caller(), Actor.member(id));
        return Redirect.to("/members/" + id).saying("core.connect.blocked");
    }

    @POST
    @Path("me/unblock")
    public Answer unblock(@Context Visit visit, @Context Form form) {
        contacts.unblock(
                visit.caller(),
                Actor.parse(form.value("actor")).orElseThrow(() -> InvalidException.of("actor", "unknown")));
        return Redirect.to(CONNECTIONS).saying("core.connect.unblocked");
    }
}
