// SPDX-License-Identifier: EUPL-1.2
/** Profiles, organisations, connections and messages, in plain SQL. */
@NullMarked
package ca.notreville.core.internal.people;

import org.jspecify.annotations.NullMarked;
