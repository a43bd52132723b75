// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import ca.notreville.core.api.access.Action;
import ca.notreville.core.api.module.CommunityModule;
import ca.notreville.persistence.api.Jobs;
import ca.notreville.persistence.api.Outbox;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Persistence as a module: works when its own tables are there. */
@Component
public final class PersistenceModule implements CommunityModule {

    @Activate
    public PersistenceModule(@Reference Outbox outbox, @Reference Jobs jobs) {}

    @Override
    public String id() {
        return "persistence";
    }

    @Override
    public Set<Action> actions() {
        return Set.of();
    }
}
