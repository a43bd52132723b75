// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.initiative;

import ca.notreville.core.api.access.Caller;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Finds an initiative whichever module owns it. */
@ProviderType
public interface Initiatives {

    /** Empty if there is none that the caller may see, or if its module is not there at present. */
    Optional<InitiativeSummary> find(Caller caller, Initiative initiative);
}
