// SPDX-License-Identifier: EUPL-1.2
@NullMarked
package ca.notreville.budgets.internal;

import org.jspecify.annotations.NullMarked;
