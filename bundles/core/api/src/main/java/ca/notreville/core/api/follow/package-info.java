// SPDX-License-Identifier: EUPL-1.2
/** Who wants to hear of what: people, places, themes and whatever else can be rallied around. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.follow;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
