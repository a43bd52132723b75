// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.ideas.api.ExportService;
import ca.notreville.ideas.api.ExportService.Format;
import ca.notreville.ideas.api.ExportService.Part;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;

/** Exports over REST, written while they are read. */
@Path("/api/v1/ideas/exports")
@Tag(name = "ideas")
public final class ExportResource {

    private final ExportService exports;

    public ExportResource(ExportService exports) {
        this.exports = exports;
    }

    @GET
    @Path("{part}")
    @Operation(
            summary =
                    "All ideas (part ideas), or the comments on them (part comments), as csv, csv-comma or json; an import reads them")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(
                        mediaType = "application/json",
                        array =
                                @ArraySchema(
                                        schema =
                                                @Schema(
                                                        type = "object",
                                                        additionalProperties = Schema.AdditionalPropertiesValue.TRUE)))
            })
    public Response export(
            @Context Caller caller, @PathParam("part") String part, @QueryParam("format") @Nullable String format) {
        exports.check(caller);
        if (!Part.words().contains(part)) {
            throw new NotFoundException();
        }
        Fields fields = new Fields();
        String word = fields.oneOf("format", format, Format.words());
        fields.verify();
        Part wanted = Part.valueOf(part.toUpperCase(Locale.ROOT));
        Format as = word == null
                ? Format.CSV
                : Format.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        StreamingOutput written = out -> exports.write(caller, wanted, as, out);
        String type = as == Format.JSON ? "application/json" : "text/csv; charset=utf-8";
        return Response.ok(written)
                .type(type)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + part + (as == Format.JSON ? ".json" : ".csv") + "\"")
                .header("Cache-Control", "no-store")
                .build();
    }
}
