// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Files to bring in, as they were sent; {@link ImportService#start(ca.notreville.core.api.access.Caller, ImportDraft)} checks them.
 *
 * @param ideas CSV or JSON; required
 * @param comments CSV or JSON, may be missing
 * @param mapping a mapping as JSON: {@code {"name": …, "columns": {"title": "Titre", "proposal": ["Texte", "Suite"]}, "states": {…}}},
 *     {@value #MAX_MAPPING} bytes at most; it is saved; may be missing
 * @param saved name of a mapping that was saved, may be missing
 * @param dryRun to be told what would come of it without anything being brought in
 * @param ask whether a file whose columns nobody knows is kept {@link Import.State#WAITING} for its mapping instead of being refused
 */
public record ImportDraft(
        @Nullable InputStream ideas,
        @Nullable InputStream comments,
        @Nullable InputStream mapping,
        @Nullable String saved,
        boolean dryRun,
        boolean ask) {

    public static final int MAX_MAPPING = 64 * 1024;
}
