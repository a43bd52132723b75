// SPDX-License-Identifier: EUPL-1.2
/** Conversation beside any initiative. */
@Export
@Version("2.1.0")
@NullMarked
package ca.notreville.core.api.comment;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
