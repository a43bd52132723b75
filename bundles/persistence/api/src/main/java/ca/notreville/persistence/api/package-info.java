// SPDX-License-Identifier: EUPL-1.2
/** Ids, the outbox and jobs: what modules need beside their own tables. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.persistence.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
