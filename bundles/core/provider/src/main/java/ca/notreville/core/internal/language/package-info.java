// SPDX-License-Identifier: EUPL-1.2
@NullMarked
package ca.notreville.core.internal.language;

import org.jspecify.annotations.NullMarked;
