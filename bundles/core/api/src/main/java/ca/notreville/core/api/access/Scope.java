// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.access;

import org.jspecify.annotations.Nullable;

/**
 * Where something happens, for roles that hold in one place or one organisation only.
 *
 * @param neighbourhood id, {@code null} where it concerns the whole town
 * @param organisation id of the organisation concerned, 0 for none
 */
public record Scope(@Nullable String neighbourhood, long organisation) {

    /** The whole town: only roles that are not limited count. */
    public static final Scope TOWN = new Scope(null, 0);

    /** @param neighbourhood {@code null} for the whole town */
    public static Scope in(@Nullable String neighbourhood) {
        return neighbourhood == null ? TOWN : new Scope(neighbourhood, 0);
    }

    public static Scope of(long organisation) {
        return new Scope(null, organisation);
    }
}
