// SPDX-License-Identifier: EUPL-1.2
/** Facts that modules tell each other after they are committed. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.event;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
