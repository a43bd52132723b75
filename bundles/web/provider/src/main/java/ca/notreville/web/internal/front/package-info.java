// SPDX-License-Identifier: EUPL-1.2
@NullMarked
package ca.notreville.web.internal.front;

import org.jspecify.annotations.NullMarked;
