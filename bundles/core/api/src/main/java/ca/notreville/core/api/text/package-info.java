// SPDX-License-Identifier: EUPL-1.2
/** Texts that people write with a little form, Markdown in, safe HTML out; and what can be said of a text. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.text;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
