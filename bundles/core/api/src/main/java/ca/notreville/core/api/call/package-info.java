// SPDX-License-Identifier: EUPL-1.2
/** Calls to action: somebody needs people, people answer, everybody is told what came of it. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.core.api.call;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
