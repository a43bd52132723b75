// SPDX-License-Identifier: EUPL-1.2
/** What the law on personal information (Québec's Law 25) gives to people, and asks of a municipality. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.privacy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
