// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A consultation as it was sent; {@link ConsultationService#create} checks it. Times are instants (ISO 8601), or local times of the
 * municipality as {@code 2026-05-02T09:30}.
 *
 * @param title required, {@value #MIN_TITLE} to {@value #MAX_TITLE} characters on one line
 * @param description {@value #MAX_DESCRIPTION} characters at most
 * @param rule id of a rule that is installed; missing means {@code for-against}
 * @param limit of the rule; missing means its usual one
 * @param options {@value #MIN_OPTIONS} to {@value #MAX_OPTIONS}, one a line: a title of {@value #MAX_OPTION} characters at most, or the
 *     address of an idea here, whose title it takes
 * @param opensAt missing means now
 * @param closesAt required, after the opening and within {@value #MAX_DAYS} days
 * @param hidden {@code true} to tell nobody what was said until it is closed
 * @param level word of a level of residence; missing means none
 * @param places ids of neighbourhoods; missing or empty means the whole town
 * @param threshold ballots that each neighbourhood is to bring, {@value #MAX_THRESHOLD} at most; missing means none
 */
public record ConsultationDraft(
        @Nullable String title,
        @Nullable String description,
        @Nullable String rule,
        @Nullable String limit,
        @Nullable String options,
        @Nullable String opensAt,
        @Nullable String closesAt,
        @Nullable Boolean hidden,
        @Nullable String level,
        @Nullable List<String> places,
        @Nullable String threshold) {

    public static final int MIN_TITLE = 5;
    public static final int MAX_TITLE = 150;
    public static final int MAX_DESCRIPTION = 8_000;
    public static final int MIN_OPTIONS = 2;
    public static final int MAX_OPTIONS = 50;
    public static final int MAX_OPTION = 150;
    public static final int MAX_LIMIT = 1_000;
    public static final int MAX_DAYS = 366;
    public static final int MAX_THRESHOLD = 1_000_000;
}
