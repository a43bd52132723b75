// SPDX-License-Identifier: EUPL-1.2
/** What operators and programs ask the platform about itself. */
@NullMarked
package ca.notreville.web.internal.ops;

import org.jspecify.annotations.NullMarked;
