// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.module;

import ca.notreville.core.api.access.Action;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a module says of itself, as a whiteboard service. Its presence means: this module works now.
 *
 * <p>It does not grow: whatever else a module may declare has a small interface of its own.
 */
@ConsumerType
public interface CommunityModule {

    /** One word, the same as the bundle header {@code Notreville-Module}, the table prefix and the REST path. */
    String id();

    /** What can be allowed or refused in this module. */
    Set<Action> actions();
}
