// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.testing;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleWiring;

/**
 * As much of an OSGi framework as a component needs that looks into bundles: folders become bundles that start and stop, the
 * component's own trackers are told, and what it registers is counted.
 */
public final class TestFramework {

    private final BundleContext context = mock(BundleContext.class);
    private final Bundle system = mock(Bundle.class);
    private final List<Bundle> bundles = new CopyOnWriteArrayList<>();
    private final List<BundleListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<ServiceRegistration<?>, String> services = new ConcurrentHashMap<>();

    @SuppressWarnings("unchecked") // any class of service
    public TestFramework() {
        when(context.getBundles()).thenAnswer(call -> bundles.toArray(new Bundle[0]));
        when(context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)).thenReturn(system);
        when(system.getState()).thenReturn(Bundle.ACTIVE);
        doAnswer(call -> listeners.add(call.getArgument(0))).when(context).addBundleListener(any());
        doAnswer(call -> listeners.remove((BundleListener) call.getArgument(0)))
                .when(context)
                .removeBundleListener(any());
        when(context.registerService(any(Class.class), any(Object.class), any()))
                .thenAnswer(call -> register(String.valueOf(call.<Object>getArgument(2))));
    }

    private ServiceRegistration<?> register(String properties) {
        ServiceRegistration<?> registration = mock(ServiceRegistration.class);
        services.put(registration, properties);
        doAnswer(call -> {
                    if (services.remove(registration) == null) {
                        throw new IllegalStateException("unregistered twice");
                    }
                    return null;
                })
                .when(registration)
                .unregister();
        return registration;
    }

    /** The context of the component under test. */
    public BundleContext context() {
        return context;
    }

    /** Properties of each service that is registered now. */
    public List<String> services() {
        return List.copyOf(services.values());
    }

    /** From now on the whole framework is stopping. */
    public void shutDown() {
        when(system.getState()).thenReturn(Bundle.STOPPING);
    }

    /** The bundle that the component under test is in. */
    public Bundle own(String module, Path folder) {
        Bundle bundle = bundle(bundles.size() + 1L, module, folder);
        when(context.getBundle()).thenReturn(bundle);
        bundles.add(bundle);
        return bundle;
    }

    /**
     * Starts a bundle.
     *
     * @param module its header {@code Notreville-Module}, if it has one
     * @param folder what is in it
     */
    public Bundle start(@Nullable String module, Path folder) {
        return start(bundles.size() + 100L, module, folder);
    }

    /** Starts a bundle of this id. */
    public Bundle start(long id, @Nullable String module, Path folder) {
        Bundle bundle = bundle(id, module, folder);
        bundles.add(bundle);
        tell(BundleEvent.STARTED, bundle);
        return bundle;
    }

    public void stop(Bundle bundle) {
        bundles.remove(bundle);
        when(bundle.getState()).thenReturn(Bundle.STOPPING);
        tell(BundleEvent.STOPPING, bundle);
    }

    private void tell(int type, Bundle bundle) {
        BundleEvent event = new BundleEvent(type, bundle);
        listeners.forEach(listener -> listener.bundleChanged(event));
    }

    @SuppressWarnings("JdkObsolete") // the headers of a bundle are a Dictionary
    private static Bundle bundle(long id, @Nullable String module, Path folder) {
        Bundle bundle = mock(Bundle.class);
        Dictionary<String, String> headers = new Hashtable<>();
        if (module != null) {
            headers.put("Notreville-Module", module);
        }
        when(bundle.getBundleId()).thenReturn(id);
        when(bundle.getState()).thenReturn(Bundle.ACTIVE);
        when(bundle.getVersion()).thenReturn(new Version(1, 0, 0));
        when(bundle.getHeaders()).thenReturn(headers);
        when(bundle.getEntry(anyString())).thenAnswer(call -> entry(folder, call.getArgument(0)));
        when(bundle.findEntries(anyString(), anyString(), org.mockito.ArgumentMatchers.anyBoolean()))
                .thenAnswer(call -> entries(folder.resolve((String) call.getArgument(0))));
        BundleWiring wiring = mock(BundleWiring.class);
        when(wiring.getClassLoader()).thenAnswer(call -> new URLClassLoader(new URL[] {url(folder)}, null));
        when(bundle.adapt(BundleWiring.class)).thenReturn(wiring);
        return bundle;
    }

    private static @Nullable URL entry(Path folder, String name) {
        Path file = folder.resolve(name);
        return Files.exists(file) ? url(file) : null;
    }

    private static @Nullable Enumeration<URL> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return null;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return Collections.enumeration(files.filter(file -> !file.equals(folder))
                    .map(TestFramework::url)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
