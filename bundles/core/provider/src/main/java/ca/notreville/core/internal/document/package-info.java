// SPDX-License-Identifier: EUPL-1.2
/** Documents: what is in a file, where it is kept, and who may do what with it. */
@NullMarked
package ca.notreville.core.internal.document;

import org.jspecify.annotations.NullMarked;
