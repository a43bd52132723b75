// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.moderation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What speaks for spam in what a new account writes. Deterministic: the same text of the same account at the same age has the
 * same score. Accounts of {@link #SETTLED} and more have none.
 *
 * <table>
 * <caption>Points</caption>
 * <tr><td>account younger than a day</td><td>2</td></tr>
 * <tr><td>account younger than a week</td><td>1</td></tr>
 * <tr><td>each link</td><td>1, the first in the first day 2; 5 at most</td></tr>
 * <tr><td>the same text once more within a day</td><td>4</td></tr>
 * <tr><td>one word more than half of ten and more</td><td>3</td></tr>
 * <tr><td>mostly capitals, 30 letters and more</td><td>1</td></tr>
 * </table>
 */
final class SpamScore {

    /** From this score on a moderator looks at it first. */
    static final int HELD = 4;

    static final Duration SETTLED = Duration.ofDays(30);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Pattern LINK = Pattern.compile(
            "(?:https?://|www\\.)\\S+|\\b[\\w-]{2,}\\.(?:com|net|org|info|biz|xyz|top|ru|cn|shop|online|site)\\b");
    private static final int MAX_LINKS = 5;
    private static final int MANY_WORDS = 10;
    private static final int MANY_LETTERS = 30;

    private final int points;
    private final List<String> signs;

    private SpamScore(int points, List<String> signs) {
        this.points = points;
        this.signs = signs;
    }

    int points() {
        return points;
    }

    boolean held() {
        return points >= HELD;
    }

    List<String> signs() {
        return signs;
    }

    /**
     * @param age of the account
     * @param repeated whether the same member wrote the same within a day
     */
    static SpamScore of(Duration age, String text, boolean repeated) {
        List<String> signs = new ArrayList<>();
        if (age.compareTo(SETTLED) >= 0) {
            return new SpamScore(0, signs);
        }
        int points = 0;
        boolean firstDay = age.compareTo(DAY) < 0;
        if (age.compareTo(WEEK) < 0) {
            points += firstDay ? 2 : 1;
            signs.add("new-account");
        }
        int links = (int) LINK.matcher(text.toLowerCase(Locale.ROOT)).results().count();
        if (links > 0) {
            points += Math.min(MAX_LINKS, links + (firstDay ? 1 : 0));
            signs.add("links");
        }
        if (repeated) {
            points += 4;
            signs.add("repeated");
        } else if (oneWordOnly(text)) {
            points += 3;
            signs.add("repeated");
        }
        if (shouting(text)) {
            points += 1;
            signs.add("shouting");
        }
        return new SpamScore(points, signs);
    }

    private static boolean oneWordOnly(String text) {
        Map<String, Integer> words = new HashMap<>();
        int all = 0;
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty()) {
                words.merge(word, 1, Integer::sum);
                all++;
            }
        }
        int half = all / 2;
        return all >= MANY_WORDS && words.values().stream().anyMatch(n -> n > half);
    }

    private static boolean shouting(String text) {
        long letters = text.codePoints().filter(Character::isLetter).count();
        long capitals = text.codePoints().filter(Character::isUpperCase).count();
        return letters >= MANY_LETTERS && capitals * 10 > letters * 7;
    }
}
