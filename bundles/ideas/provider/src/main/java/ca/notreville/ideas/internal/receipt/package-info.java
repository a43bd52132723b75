// SPDX-License-Identifier: EUPL-1.2
/** The public list of votes: receipts, seals, and what is read from them. */
@NullMarked
package ca.notreville.ideas.internal.receipt;

import org.jspecify.annotations.NullMarked;
