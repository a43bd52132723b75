// SPDX-License-Identifier: EUPL-1.2
/** What an operator does at the shell. */
@NullMarked
package ca.notreville.core.internal.shell;

import org.jspecify.annotations.NullMarked;
