// SPDX-License-Identifier: EUPL-1.2
/** Consents, one's own data and its end, and the registers. */
@NullMarked
package ca.notreville.core.internal.privacy;

import org.jspecify.annotations.NullMarked;
