// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.territory;

/**
 * A part of the town that holds neighbourhoods.
 *
 * @param id slug, unique among boroughs
 */
public record Borough(String id, String name) {}
