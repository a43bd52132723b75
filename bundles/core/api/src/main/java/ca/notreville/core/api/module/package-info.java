// SPDX-License-Identifier: EUPL-1.2
/** What a module says of itself, and the register of the modules that are there. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.module;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
