// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.internal.member.Organisations;
import ca.notreville.core.internal.member.Organisations.Organisation;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The directory of organisations over REST. */
@Path("/api/v1/organisations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "organisations")
public final class OrganisationResource {

    private final Organisations organisations;

    OrganisationResource(Organisations organisations) {
        this.organisations = organisations;
    }

    @GET
    @Operation(summary = "Organisations by name, all or those of a neighbourhood")
    public Items<OrganisationView> list(
            @Context Caller caller, @QueryParam("neighbourhood") @Nullable String neighbourhood) {
        return new Items<>(
                organisations.list(neighbourhood).stream()
                        .map(o -> OrganisationView.of(o, caller.language()))
                        .toList(),
                null);
    }

    /** @param kind community, round-table, social-economy, business or institution */
    public record OrganisationView(
            String id,
            String name,
            String kind,
            @Schema(nullable = true) @Nullable String neighbourhood,
            String mission,
            int members) {

        static OrganisationView of(Organisation organisation, Locale language) {
            return new OrganisationView(
                    String.valueOf(organisation.id()),
                    organisation.name(),
                    organisation.kind(),
                    organisation.neighbourhood(),
                    organisation.mission(language),
                    organisation.members());
        }
    }
}
