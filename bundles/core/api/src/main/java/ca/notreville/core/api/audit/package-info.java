// SPDX-License-Identifier: EUPL-1.2
/** Who did what to what, and when, in a log that is only ever added to. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
