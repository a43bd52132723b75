// SPDX-License-Identifier: EUPL-1.2
/** Full-text search over what modules make known. */
@Export
@Version("1.1.0")
@NullMarked
package ca.notreville.core.api.search;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
