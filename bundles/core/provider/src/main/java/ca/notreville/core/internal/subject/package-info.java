// SPDX-License-Identifier: EUPL-1.2
/** What of the core itself people can follow, discuss and attach documents to. */
@NullMarked
package ca.notreville.core.internal.subject;

import org.jspecify.annotations.NullMarked;
