// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal;

import ca.notreville.core.api.access.Action;
import ca.notreville.core.api.module.CommunityModule;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Single sign-on as a module: works when its table is there, whether a provider is configured or not. */
@Component
public final class SignOnModule implements CommunityModule {

    @Activate
    public SignOnModule(@Reference Attempts attempts) {}

    @Override
    public String id() {
        return "signon";
    }

    /** None: signing in is for everybody. */
    @Override
    public Set<Action> actions() {
        return Set.of();
    }
}
