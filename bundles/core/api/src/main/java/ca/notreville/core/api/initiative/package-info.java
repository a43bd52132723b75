// SPDX-License-Identifier: EUPL-1.2
/** Whatever people can rally around, whichever module owns it, known by kind and id. */
@Export
@Version("1.1.0")
@NullMarked
package ca.notreville.core.api.initiative;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
