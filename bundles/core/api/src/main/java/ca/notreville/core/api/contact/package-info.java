// SPDX-License-Identifier: EUPL-1.2
/** People who know each other, and what they write to each other and to organisations. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.contact;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
