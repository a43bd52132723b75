// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.ops;

import ca.notreville.core.api.access.Action;
import ca.notreville.core.api.module.CommunityModule;
import ca.notreville.core.api.module.ModuleRegistry;
import ca.notreville.web.internal.front.Front;
import ca.notreville.web.internal.page.Portal;
import java.util.Set;
import javax.ws.rs.core.Application;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The portal's own pages and resources. */
@Component(service = Application.class)
public final class PortalApplication extends Application {

    private final Set<Object> resources;

    @Activate
    public PortalApplication(BundleContext context, @Reference Portal portal, @Reference ModuleRegistry modules) {
        resources = Set.of(
                new HomePage(portal),
                new AdminPage(portal),
                new ModulesResource(modules),
                new OpenApiResource(context));
    }

    @Override
    public Set<Object> getSingletons() {
        return resources;
    }

    /** The portal as a module: works when its front does. */
    @Component
    public static final class WebModule implements CommunityModule {

        @Activate
        public WebModule(@Reference Front front) {}

        @Override
        public String id() {
            return "web";
        }

        @Override
        public Set<Action> actions() {
            return Set.of();
        }
    }
}
