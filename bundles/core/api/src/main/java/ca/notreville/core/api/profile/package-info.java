// SPDX-License-Identifier: EUPL-1.2
/** What members tell of themselves, what they can do, and as what they present themselves. */
@Export
@Version("1.1.0")
@NullMarked
package ca.notreville.core.api.profile;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
