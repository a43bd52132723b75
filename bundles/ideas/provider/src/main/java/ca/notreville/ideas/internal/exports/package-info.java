// SPDX-License-Identifier: EUPL-1.2
@NullMarked
package ca.notreville.ideas.internal.exports;

import org.jspecify.annotations.NullMarked;
