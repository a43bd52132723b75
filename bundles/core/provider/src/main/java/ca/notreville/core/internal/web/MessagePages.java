// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.contact.MessageService;
import ca.notreville.core.api.contact.MessageService.Conversation;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.organisation.Actor;
import ca.notreville.core.api.organisation.NamedActor;
import ca.notreville.core.api.organisation.OrganisationService;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.InWhoseName;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Visit;
import java.util.List;
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

/** What people write to each other and to organisations. */
@Component(service = MessagePages.class)
@Path("/messages")
@Produces(MediaType.TEXT_HTML)
public final class MessagePages {

    private static final Templates VIEWS = new StaticTemplates();

    private final MessageService messages;
    private final OrganisationService organisations;

    @Activate
    public MessagePages(@Reference MessageService messages, @Reference OrganisationService organisations) {
        this.messages = messages;
        this.organisations = organisations;
    }

    @GET
    public Answer threads(@Context Visit visit, @QueryParam("after") @Nullable String after) {
        var slice = messages.threads(visit.caller(), Paging.of(null, after, 1));
        if (visit.wantsFragment()) {
            return Page.fragment(VIEWS.threadList(visit, slice));
        }
        return Page.of(visit.text("core.messages.title"), VIEWS.threads(visit, slice, messages.unread(visit.caller())));
    }

    @GET
    @Path("new")
    public Answer form(@Context Visit visit, @QueryParam("to") @DefaultValue("") String to) {
        visit.caller().requireMember();
        return writing(visit, addressee(to), Form.empty());
    }

    private NamedActor addressee(String to) {
        Actor actor = Actor.parse(to).orElseThrow(NotFoundException::new);
        String name = organisations.names(List.of(actor)).get(actor);
        if (name == null) {
            throw new NotFoundException();
        }
        return new NamedActor(actor, name);
    }

    private Page writing(Visit visit, NamedActor to, Form form) {
        return Page.of(
                visit.text("core.message.to", "name", to.name()),
                VIEWS.messageNew(visit, form, to, organisations.actors(visit.caller())));
    }

    @POST
    public Answer send(@Context Visit visit, @Context Form form) {
        NamedActor to = addressee(form.value("to"));
        return form.attempt(() ->
                        messages.send(visit.caller(), InWhoseName.read(visit, form), to.actor(), form.value("body")))
                .then(sent -> Redirect.to("/messages/" + sent.thread()).saying("core.message.sent"))
                .orAgain(wrong -> writing(visit, to, wrong));
    }

    @GET
    @Path("{id: [0-9]+}")
    public Answer thread(@Context Visit visit, @PathParam("id") long id, @QueryParam("after") @Nullable String after) {
        return threadPage(visit, id, Form.empty(), after);
    }

    private Page threadPage(Visit visit, long id, Form form, @Nullable String after) {
        Conversation conversation = messages.thread(visit.caller(), id);
        var slice = messages.messages(visit.caller(), id, Paging.of(null, after, 1));
        if (visit.wantsFragment() && after != null) {
            return Page.fragment(VIEWS.messageList(visit, conversation, slice));
        }
        return Page.of(
                visit.text("core.message.with", "name", conversation.other().name()),
                VIEWS.thread(visit, form, conversation, slice));
    }

    @POST
    @Path("{id: [0-9]+}")
    public Answer answer(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        Conversation conversation = messages.thread(visit.caller(), id);
        return form.attempt(() -> messages.send(
                        visit.caller(),
                        conversation.own().actor(),
                        conversation.other().actor(),
                        form.value("body")))
                .then(sent -> Redirect.to("/messages/" + id).saying("core.message.sent"))
                .orAgain(wrong -> threadPage(visit, id, wrong, null));
    }
}
