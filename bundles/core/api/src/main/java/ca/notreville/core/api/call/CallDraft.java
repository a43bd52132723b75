// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.call;

import org.jspecify.annotations.Nullable;

/**
 * A call as it was sent; {@link CallService#send} checks it. Times are instants (ISO 8601), or local times of the municipality
 * as {@code 2026-05-02T09:30}.
 *
 * @param title required, {@value #MIN_TITLE} to {@value #MAX_TITLE} characters on one line
 * @param text required, {@value #MAX_TEXT} characters at most, plain text
 * @param place where to come; may be missing, {@value #MAX_PLACE} characters at most
 * @param startsAt when to come; may be missing; in the future
 * @param wanted how many people, 1 to {@value #MAX_WANTED}
 * @param closesAt until when answers are taken, in the future, {@value #MAX_DAYS} days at most; missing means at the start, or
 *     in a week
 */
public record CallDraft(
        @Nullable String title,
        @Nullable String text,
        @Nullable String place,
        @Nullable String startsAt,
        @Nullable String wanted,
        @Nullable String closesAt) {

    public static final int MIN_TITLE = 5;
    public static final int MAX_TITLE = 120;
    public static final int MAX_TEXT = 2_000;
    public static final int MAX_PLACE = 200;
    public static final int MAX_WANTED = 5_000;
    public static final int MAX_DAYS = 180;
}
