// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.organisation;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * In whose name somebody acts: a member, or an organisation that the member speaks for. Ask {@link OrganisationService} before
 * you believe it.
 *
 * @param id positive
 */
public record Actor(Kind kind, long id) {

    private static final Pattern FORM = Pattern.compile("(member|organisation):([1-9][0-9]{0,17})");

    public Actor {
        if (id <= 0) {
            throw new IllegalArgumentException(kind + ":" + id);
        }
    }

    /** What can act. */
    public enum Kind {
        MEMBER,
        ORGANISATION;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Actor member(long id) {
        return new Actor(Kind.MEMBER, id);
    }

    public static Actor organisation(long id) {
        return new Actor(Kind.ORGANISATION, id);
    }

    /** Reads {@code organisation:7}; empty for anything else. */
    public static Optional<Actor> parse(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Actor(
                        Kind.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** Path of the actor's page. */
    public String path() {
        return (kind == Kind.MEMBER ? "/members/" : "/organisations/") + id;
    }

    /** {@code organisation:7} */
    @Override
    public String toString() {
        return kind.word() + ":" + id;
    }
}
