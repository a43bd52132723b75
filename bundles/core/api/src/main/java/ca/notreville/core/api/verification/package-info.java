// SPDX-License-Identifier: EUPL-1.2
/** Whether somebody lives here: declared, verified, and what asks for it. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.verification;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
