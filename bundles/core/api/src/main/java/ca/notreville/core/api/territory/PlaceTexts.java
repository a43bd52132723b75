// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.territory;

import org.jspecify.annotations.Nullable;

/**
 * What staff write about a neighbourhood, as it was sent; {@link TerritoryAdmin#describe} checks it.
 *
 * @param name required, {@value #MAX_NAME} characters at most on one line
 * @param descriptionFr {@value #MAX_DESCRIPTION} characters at most
 * @param descriptionEn {@value #MAX_DESCRIPTION} characters at most
 */
public record PlaceTexts(
        @Nullable String name,
        @Nullable String descriptionFr,
        @Nullable String descriptionEn) {

    public static final int MAX_NAME = 120;
    public static final int MAX_DESCRIPTION = 1_000;
}
