// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.access;

import ca.notreville.core.api.access.Role;
import ca.notreville.core.internal.jpa.PermissionEntity;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.aries.jpa.template.JpaTemplate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the municipality decided about actions, kept in memory and read anew every few seconds: other nodes decide too. */
@Component(service = PermissionStore.class)
public final class PermissionStore {

    private static final Duration FRESH = Duration.ofSeconds(5);

    private final JpaTemplate jpa;
    private volatile @Nullable Decisions known;

    private record Decisions(Map<String, Set<Role>> byAction, long readAt) {}

    @Activate
    public PermissionStore(@Reference(target = "(osgi.unit.name=core)") JpaTemplate jpa) {
        this.jpa = jpa;
    }

    /** Action → roles allowed; only what was decided. */
    Map<String, Set<Role>> decisions() {
        Decisions now = known;
        if (now == null || System.nanoTime() - now.readAt > FRESH.toNanos()) {
            now = new Decisions(read(), System.nanoTime());
            known = now;
        }
        return now.byAction;
    }

    /** Call after a decision was committed. */
    void changed() {
        known = null;
    }

    private Map<String, Set<Role>> read() {
        return jpa.txExpr(
                em -> em.createQuery("select p from Permission p", PermissionEntity.class).getResultList().stream()
                        .collect(Collectors.toUnmodifiableMap(PermissionEntity::action, PermissionEntity::roles)));
    }
}
