// SPDX-License-Identifier: EUPL-1.2
/** What the tests of every module share. */
@NullMarked
package ca.notreville.testing;

import org.jspecify.annotations.NullMarked;
