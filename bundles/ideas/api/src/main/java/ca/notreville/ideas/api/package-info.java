// SPDX-License-Identifier: EUPL-1.2
/** Ideas, votes on them and the public list of these, what becomes of them, and their import. */
@Export
@Version("3.0.0")
@NullMarked
package ca.notreville.ideas.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
