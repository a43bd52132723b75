// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import org.jspecify.annotations.Nullable;

/**
 * With what to unite an idea, as it was sent; {@link LifeService#merge} checks it.
 *
 * @param into required, id of the other idea
 * @param text why, {@value MoveDraft#MAX_TEXT} characters at most, may be missing
 * @param step number of the last step that the sender knows; missing to go by the state alone
 */
public record MergeDraft(
        @Nullable String into,
        @Nullable String text,
        @Nullable Integer step) {}
