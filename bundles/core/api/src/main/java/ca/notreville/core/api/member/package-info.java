// SPDX-License-Identifier: EUPL-1.2
/** People with an account, and their sessions. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.member;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
