// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.initiative;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What other modules may know of an initiative.
 *
 * @param title as its author wrote it, plain text
 * @param path of its page, e.g. {@code /ideas/42}
 * @param discussable whether new comments are taken now
 * @param neighbourhood id of the neighbourhood it is about, {@code null} for the whole town
 * @param responsible ids of the members who answer for it: author, carrier, owners; told what happens around it
 */
public record InitiativeSummary(
        Initiative initiative,
        String title,
        String path,
        boolean discussable,
        @Nullable String neighbourhood,
        Set<Long> responsible) {

    public InitiativeSummary {
        responsible = Set.copyOf(responsible);
    }
}
