// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.follow;

import ca.notreville.core.api.initiative.Initiative;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What can be followed: an initiative ({@code idea:42}, {@code neighbourhood:3}, {@code member:7} …) or a theme
 * ({@code tag:environment}).
 *
 * @param kind of the initiative, or {@value #TAG}
 * @param key id of the initiative, or the theme's slug
 */
public record Target(String kind, String key) {

    public static final String TAG = "tag";
    public static final int MAX = 100;

    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9_-]{0,59}");

    public Target {
        if (kind.equals(TAG)
                ? !SLUG.matcher(key).matches()
                : Initiative.parse(kind + ":" + key).isEmpty()) {
            throw new IllegalArgumentException(kind + ":" + key);
        }
    }

    public static Target of(Initiative initiative) {
        return new Target(initiative.kind(), String.valueOf(initiative.id()));
    }

    /** @param slug lower case letters, digits, dashes; 60 characters at most */
    public static Target tag(String slug) {
        return new Target(TAG, slug);
    }

    /** Reads {@code idea:42} or {@code tag:environment}; empty for anything else. */
    public static Optional<Target> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Target(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Empty for a theme. */
    public Optional<Initiative> initiative() {
        return Initiative.parse(toString());
    }

    /** {@code idea:42} */
    @Override
    public String toString() {
        return kind + ":" + key;
    }
}
