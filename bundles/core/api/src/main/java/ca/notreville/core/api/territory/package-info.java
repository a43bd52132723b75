// SPDX-License-Identifier: EUPL-1.2
/** Boroughs and neighbourhoods. */
@Export
@Version("2.0.0")
@NullMarked
package ca.notreville.core.api.territory;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
