// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.event;

import org.osgi.annotation.versioning.ProviderType;

/** Tells facts to whoever registered an {@link EventHandler}. */
@ProviderType
public interface EventPublisher {

    /** Call after the commit, never inside the transaction. Never throws because of a handler. */
    void publish(DomainEvent event);
}
