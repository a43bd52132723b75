// SPDX-License-Identifier: EUPL-1.2
/** What a module needs to write pages and REST resources, and the places of the portal where it may put something. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.web.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
