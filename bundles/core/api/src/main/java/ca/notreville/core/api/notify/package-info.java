// SPDX-License-Identifier: EUPL-1.2
/** News for those whom they concern, on the site and by e-mail. */
@Export
@Version("1.1.0")
@NullMarked
package ca.notreville.core.api.notify;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
