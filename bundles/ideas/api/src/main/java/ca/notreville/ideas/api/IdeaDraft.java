// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import org.jspecify.annotations.Nullable;

/**
 * An idea as it was sent; {@link IdeaService#submit} checks it.
 *
 * @param title required, {@value #MIN_TITLE} to {@value #MAX_TITLE} characters on one line
 * @param need required, {@value #MIN_TEXT} to {@value #MAX_NEED} characters
 * @param proposal required, {@value #MIN_TEXT} to {@value #MAX_PROPOSAL} characters
 * @param beneficiaries who gains, {@value #MAX_BENEFICIARIES} characters at most, may be missing
 * @param category id of a category, may be missing
 * @param neighbourhood id of a neighbourhood, missing for the whole town
 */
public record IdeaDraft(
        @Nullable String title,
        @Nullable String need,
        @Nullable String proposal,
        @Nullable String beneficiaries,
        @Nullable String category,
        @Nullable String neighbourhood) {

    public static final int MIN_TITLE = 5;
    public static final int MAX_TITLE = 150;
    public static final int MIN_TEXT = 10;
    public static final int MAX_NEED = 2_000;
    public static final int MAX_PROPOSAL = 8_000;
    public static final int MAX_BENEFICIARIES = 500;

    /** Without saying who gains. */
    public IdeaDraft(
            @Nullable String title,
            @Nullable String need,
            @Nullable String proposal,
            @Nullable String category,
            @Nullable String neighbourhood) {
        this(title, need, proposal, null, category, neighbourhood);
    }
}
