// SPDX-License-Identifier: EUPL-1.2
@NullMarked
package ca.notreville.web.internal.i18n;

import org.jspecify.annotations.NullMarked;
