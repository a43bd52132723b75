// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.audit.AuditLog.Entry;
import ca.notreville.core.api.audit.AuditLog.Filter;
import ca.notreville.core.api.audit.AuditLog.Verification;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.AdminEntry;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Visit;
import java.util.List;
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

/** The audit log. */
@Component(service = AuditPages.class)
@Path("/admin/audit")
@Produces(MediaType.TEXT_HTML)
public final class AuditPages {

    private static final int ROWS = 50;
    private static final Templates VIEWS = new StaticTemplates();

    private final AuditLog audit;
    private final MemberService members;

    @Activate
    public AuditPages(@Reference AuditLog audit, @Reference MemberService members) {
        this.audit = audit;
        this.members = members;
    }

    @GET
    public Answer show(
            @Context Visit visit,
            @QueryParam("action") @Nullable String action,
            @QueryParam("subject") @Nullable String subject,
            @QueryParam("after") @Nullable String after,
            @QueryParam("verify") @Nullable String verify) {
        Filter filter = new Filter(open(action), open(subject), null);
        Slice<Entry> entries = audit.list(visit.caller(), filter, Paging.of(String.valueOf(ROWS), after, 1));
        List<Long> actors = entries.items().stream()
                .map(Entry::actor)
                .filter(actor -> actor != 0)
                .distinct()
                .toList();
        Map<Long, String> names = actors.isEmpty() ? Map.of() : members.displayNames(actors);
        Verification chain = verify == null ? null : audit.verify(visit.caller());
        return Page.of(visit.text("core.audit.title"), VIEWS.audit(visit, filter, entries, names, chain));
    }

    private static @Nullable String open(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** The audit log on the page {@code /admin}. */
    @Component
    public static final class AuditEntry implements AdminEntry {
        @Override
        public String path() {
            return "/admin/audit";
        }

        @Override
        public String label() {
            return "core.audit.title";
        }

        @Override
        public String hint() {
            return "core.audit.hint";
        }

        @Override
        public int rank() {
            return 90;
        }

        @Override
        public String action() {
            return AuditLog.READ;
        }
    }
}
