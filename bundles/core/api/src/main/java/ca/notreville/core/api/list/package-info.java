// SPDX-License-Identifier: EUPL-1.2
/** Lists that are read a piece at a time. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.list;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
