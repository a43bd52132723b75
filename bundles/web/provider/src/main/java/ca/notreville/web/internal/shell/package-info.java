// SPDX-License-Identifier: EUPL-1.2
/** Commands of the operator's shell. */
@NullMarked
package ca.notreville.web.internal.shell;

import org.jspecify.annotations.NullMarked;
