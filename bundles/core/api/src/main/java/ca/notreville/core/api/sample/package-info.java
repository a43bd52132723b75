// SPDX-License-Identifier: EUPL-1.2
/** The sample town that a new installation may be filled with. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.sample;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
