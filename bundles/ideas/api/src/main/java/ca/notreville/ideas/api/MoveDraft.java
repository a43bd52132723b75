// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import org.jspecify.annotations.Nullable;

/**
 * A step as it was sent; {@link LifeService} checks it.
 *
 * @param to word of the state: {@code under_review}, {@code published} or {@code taken_up}; not looked at where an idea is withdrawn
 * @param text what to say about it, {@value #MAX_TEXT} characters at most, may be missing
 * @param step number of the last step that the sender knows; missing to go by the state alone
 */
public record MoveDraft(
        @Nullable String to,
        @Nullable String text,
        @Nullable Integer step) {

    public static final int MAX_TEXT = 2_000;
}
