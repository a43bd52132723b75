// SPDX-License-Identifier: EUPL-1.2
/** Who is calling, and what a caller may do. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.access;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
