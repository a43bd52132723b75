// SPDX-License-Identifier: EUPL-1.2
/** What must not stand, who says so, and what may be said against it. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.moderation;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
