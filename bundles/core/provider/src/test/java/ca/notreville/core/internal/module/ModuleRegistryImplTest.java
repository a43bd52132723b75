// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ca.notreville.core.api.access.Action;
import ca.notreville.core.api.module.CommunityModule;
import ca.notreville.core.api.module.ModuleRegistry;
import ca.notreville.core.api.module.ModuleStatus;
import ca.notreville.core.api.module.ModuleStatus.State;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

class ModuleRegistryImplTest {

    private final BundleContext context = mock(BundleContext.class);
    private final List<CommunityModule> working = new CopyOnWriteArrayList<>();
    private final ModuleRegistryImpl registry = new ModuleRegistryImpl(context, working);

    private record Module(String id, Set<Action> actions) implements CommunityModule {}

    @Test
    void everyBundleWithTheHeaderIsAModuleWhichWorksOnceItSaysSo() {
        Bundle[] bundles = {
            bundle("ideas", Bundle.ACTIVE),
            bundle("core", Bundle.STARTING),
            bundle("gardens", Bundle.ACTIVE),
            bundle("projects", Bundle.RESOLVED),
            bundle("donations", Bundle.INSTALLED),
            bundle(null, Bundle.ACTIVE)
        };
        when(context.getBundles()).thenReturn(bundles);
        working.add(new Module("core", Set.of()));
        working.add(new Module("ideas", Set.of()));

        assertThat(registry.modules())
                .containsExactly(
                        new ModuleStatus("core", "1.2.3", State.ACTIVE),
                        new ModuleStatus("donations", "1.2.3", State.STOPPED),
                        new ModuleStatus("gardens", "1.2.3", State.WAITING),
                        new ModuleStatus("ideas", "1.2.3", State.ACTIVE),
                        new ModuleStatus("projects", "1.2.3", State.STOPPED));
    }

    @Test
    void aModuleWhoseServicesGoIsWaitingAgain() {
        Bundle[] bundles = {bundle("ideas", Bundle.ACTIVE)};
        when(context.getBundles()).thenReturn(bundles);
        Module ideas = new Module("ideas", Set.of());
        working.add(ideas);
        assertThat(registry.modules()).extracting(ModuleStatus::state).containsExactly(State.ACTIVE);

        working.remove(ideas);

        assertThat(registry.modules()).extracting(ModuleStatus::state).containsExactly(State.WAITING);
    }

    private static Bundle bundle(@Nullable String module, int state) {
        Dictionary<String, String> headers = new Hashtable<>();
        if (module != null) {
            headers.put(ModuleRegistry.HEADER, module);
        }
        Bundle bundle = mock(Bundle.class);
        when(bundle.getHeaders()).thenReturn(headers);
        when(bundle.getState()).thenReturn(state);
        when(bundle.getVersion()).thenReturn(new Version(1, 2, 3));
        return bundle;
    }
}
