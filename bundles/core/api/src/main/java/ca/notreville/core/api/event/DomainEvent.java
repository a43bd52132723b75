// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.event;

import java.time.Instant;
import org.osgi.annotation.versioning.ConsumerType;

/** A fact that is already committed. Modules declare theirs as records under one sealed interface. */
@ConsumerType
public interface DomainEvent {

    /** When it happened. */
    Instant at();
}
