// SPDX-License-Identifier: EUPL-1.2
/** Consultations and the rules by which they are counted. */
@NullMarked
package ca.notreville.ideas.internal.consult;

import org.jspecify.annotations.NullMarked;
