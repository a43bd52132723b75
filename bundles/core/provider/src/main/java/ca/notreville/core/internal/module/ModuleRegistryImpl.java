// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.module;

import ca.notreville.core.api.module.CommunityModule;
import ca.notreville.core.api.module.ModuleRegistry;
import ca.notreville.core.api.module.ModuleStatus;
import ca.notreville.core.api.module.ModuleStatus.State;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Looks at the bundles with the module header, and at which of them say that they work. */
@Component(immediate = true)
public final class ModuleRegistryImpl implements ModuleRegistry {

    private final BundleContext context;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<CommunityModule> working;

    @Activate
    public ModuleRegistryImpl(BundleContext context) {
        this(context, new CopyOnWriteArrayList<>());
    }

    ModuleRegistryImpl(BundleContext context, List<CommunityModule> working) {
        this.context = context;
        this.working = working;
    }

    @Override
    public List<ModuleStatus> modules() {
        Set<String> active = working.stream().map(CommunityModule::id).collect(Collectors.toSet());
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getHeaders().get(HEADER) != null)
                .map(bundle -> status(bundle, active))
                .sorted(Comparator.comparing(ModuleStatus::id))
                .toList();
    }

    private static ModuleStatus status(Bundle bundle, Set<String> active) {
        String id = bundle.getHeaders().get(HEADER);
        State state = bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING
                ? State.STOPPED
                : active.contains(id) ? State.ACTIVE : State.WAITING;
        return new ModuleStatus(id, bundle.getVersion().toString(), state);
    }
}
