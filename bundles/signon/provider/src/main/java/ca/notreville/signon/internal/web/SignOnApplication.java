// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal.web;

import java.util.Set;
import javax.ws.rs.core.Application;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the module serves: {@code /signon}. */
@Component(service = Application.class)
public final class SignOnApplication extends Application {

    private final Set<Object> resources;

    @Activate
    public SignOnApplication(@Reference SignOnPages pages) {
        resources = Set.of(pages);
    }

    @Override
    public Set<Object> getSingletons() {
        return resources;
    }
}
