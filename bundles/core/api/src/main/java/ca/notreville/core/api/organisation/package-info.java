// SPDX-License-Identifier: EUPL-1.2
/** Organisations, the people who act for them, and in whose name somebody acts. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.organisation;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
