// SPDX-License-Identifier: EUPL-1.2
/** What happened to ideas, told after it was committed. */
@Export
@Version("1.1.0")
@NullMarked
package ca.notreville.ideas.event;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
