// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.module;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The modules that are installed: every bundle with the header {@value #HEADER}. */
@ProviderType
public interface ModuleRegistry {

    /** Bundle header that makes a bundle a module and names it. */
    String HEADER = "Notreville-Module";

    /** Sorted by id. */
    List<ModuleStatus> modules();
}
