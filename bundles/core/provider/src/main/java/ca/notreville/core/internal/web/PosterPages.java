// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.internal.paper.Papers;
import ca.notreville.core.internal.paper.Papers.Size;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.web.api.InitiativePanel;
import ca.notreville.web.api.Messages;
import ca.notreville.web.api.Visit;
import gg.jte.Content;
import java.util.Optional;
import java.util.Set;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A poster to print for anything that people can rally around. */
@Component(service = PosterPages.class)
@Path("/posters")
public final class PosterPages {

    private static final String PDF = "application/pdf";

    private final Initiatives initiatives;
    private final Papers papers;
    private final Messages messages;

    @Activate
    public PosterPages(@Reference Initiatives initiatives, @Reference Papers papers, @Reference Messages messages) {
        this.initiatives = initiatives;
        this.papers = papers;
        this.messages = messages;
    }

    @GET
    @Path("{kind: [a-z][a-z-]{1,29}}/{id: [1-9][0-9]{0,17}}")
    @Produces(PDF)
    public Response poster(
            @Context Visit visit,
            @PathParam("kind") String kind,
            @PathParam("id") long id,
            @QueryParam("size") @Nullable String size) {
        InitiativeSummary about =
                initiatives.find(visit.caller(), new Initiative(kind, id)).orElseThrow(NotFoundException::new);
        Size paper = "a4".equals(size) ? Size.A4 : Size.LETTER;
        String key = "core.poster.kind." + kind;
        return Response.ok(papers.poster(
                        visit.locale(),
                        paper,
                        visit.text(messages.has(key) ? key : "core.poster.kind.other"),
                        about.title(),
                        about.path()))
                .type(PDF)
                .header("Content-Disposition", "inline; filename=\"" + kind + "-" + id + "-" + paper.word() + ".pdf\"")
                .build();
    }

    /** The way to the poster, on the page of whatever there is one for. */
    @Component
    public static final class PosterPanel implements InitiativePanel {

        /** People and organisations have no posters. */
        private static final Set<String> WITHOUT = Set.of("member", "organisation");

        @Override
        public int rank() {
            return 980;
        }

        @Override
        public Optional<Content> render(Visit visit, Initiative initiative) {
            return WITHOUT.contains(initiative.kind())
                    ? Optional.empty()
                    : Optional.of(new StaticTemplates().posterPanel(visit, initiative));
        }
    }
}
