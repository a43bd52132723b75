// SPDX-License-Identifier: EUPL-1.2
/** The document resource centre beside any initiative. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.document;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
