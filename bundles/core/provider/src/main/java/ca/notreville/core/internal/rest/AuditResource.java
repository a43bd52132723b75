// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.audit.AuditLog.Entry;
import ca.notreville.core.api.audit.AuditLog.Filter;
import ca.notreville.core.api.audit.AuditLog.Verification;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The audit log over REST. */
@Component(service = AuditResource.class)
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "audit")
public final class AuditResource {

    private final AuditLog audit;

    @Activate
    public AuditResource(@Reference AuditLog audit) {
        this.audit = audit;
    }

    @GET
    @Operation(summary = "The audit log, newest first")
    public Items<EntryView> list(
            @Context Caller caller,
            @QueryParam("action") @Nullable String action,
            @QueryParam("subject") @Nullable String subject,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        Slice<Entry> entries = audit.list(caller, new Filter(action, subject, null), Paging.of(limit, after, 1));
        return new Items<>(entries.items().stream().map(EntryView::of).toList(), entries.next());
    }

    @GET
    @Path("verification")
    @Operation(summary = "Walk the whole chain and say what is wrong with it")
    public Verification verify(@Context Caller caller) {
        return audit.verify(caller);
    }

    /**
     * An entry.
     *
     * @param number place in the chain, 0 until it has one
     * @param actor id of the member, null for the operator
     */
    public record EntryView(
            String id,
            long number,
            Instant at,
            @Schema(nullable = true) @Nullable String actor,
            String action,
            String subject,
            Map<String, String> details) {
        static EntryView of(Entry entry) {
            return new EntryView(
                    String.valueOf(entry.id()),
                    entry.number(),
                    entry.at(),
                    entry.actor() == 0 ? null : String.valueOf(entry.actor()),
                    entry.action(),
                    entry.subject(),
                    entry.details());
        }
    }
}
