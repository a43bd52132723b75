// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.territory;

import org.jspecify.annotations.Nullable;

/**
 * Which properties of a GeoJSON feature are what, as it was sent; each name has {@value #MAX_PROPERTY} characters at most.
 *
 * @param name property with the neighbourhood's name; missing means {@value #DEFAULT_NAME}
 * @param borough property with the borough's name; missing means that all are in one borough that is called like the town
 * @param id property that tells a neighbourhood apart whatever it is called; missing means that the name does
 * @param replace whether neighbourhoods that the file does not have are to go; those that something is pinned to are kept
 *     without boundary
 */
public record GeoMapping(
        @Nullable String name,
        @Nullable String borough,
        @Nullable String id,
        boolean replace) {

    public static final String DEFAULT_NAME = "name";
    public static final int MAX_PROPERTY = 100;
}
