// SPDX-License-Identifier: EUPL-1.2
/** What a use case answers when it cannot do what it was asked: one exception class for each kind of answer. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.error;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
