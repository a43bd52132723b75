// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.notify;

import ca.notreville.core.api.initiative.Initiative;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A fact that some people want to hear of. A module makes one where the fact happens and hands it to {@link NewsDesk} in the
 * same transaction; it need not know who follows what.
 *
 * <pre>
 * desk.publish(connection, News.of("idea:42", "ideas.published", idea, author)
 *         .saying("ideas.news.published", Map.of("title", title)).leadingTo("/ideas/42").around());
 * </pre>
 *
 * @param reference names the fact for ever, {@value #MAX_REFERENCE} characters at most; published once
 * @param kind id of a {@link NewsKind}
 * @param subject what it is about
 * @param actor id of the member who did it, not told of it; 0 for nobody
 * @param message key of the one line that says it, rendered when and in the language in which it is read
 * @param arguments of the message; {@code actor} is added, the name by which the actor goes at that time
 * @param quote beginning of what was written, "" for none; {@value #MAX_QUOTE} characters at most
 * @param path of the page where it is found, {@value #MAX_PATH} characters at most
 * @param reach who is told besides those addressed
 * @param residents whether those are told, too, who live in the neighbourhood that the subject is
 * @param addressed ids of members who are told, whether they follow anything or not
 * @param except ids of members who are not told
 * @param tags slugs of themes whose followers are told if it reaches around
 * @param signed whether the links of letters say who reads them, see {@link NewsDesk#reader}
 */
public record News(
        String reference,
        String kind,
        Initiative subject,
        long actor,
        String message,
        Map<String, String> arguments,
        String quote,
        String path,
        Reach reach,
        boolean residents,
        Set<Long> addressed,
        Set<Long> except,
        Set<String> tags,
        boolean signed) {

    public static final int MAX_REFERENCE = 120;
    public static final int MAX_QUOTE = 300;
    public static final int MAX_PATH = 300;

    /** Who is told, besides those addressed. */
    public enum Reach {
        /** Nobody else. */
        ADDRESSED,
        /** Followers of the subject, and those responsible for it. */
        SUBJECT,
        /** Those who take part in the subject, too, as its {@link NewsAudience} names them: who voted, supported, signed. */
        CONCERNED,
        /** Followers of the subject and those responsible for it, followers of its neighbourhood, of its themes and of the actor. */
        AROUND
    }

    public News {
        arguments = Map.copyOf(arguments);
        addressed = Set.copyOf(addressed);
        except = Set.copyOf(except);
        tags = Set.copyOf(tags);
        if (reference.length() > MAX_REFERENCE || path.length() > MAX_PATH || !path.startsWith("/")) {
            throw new IllegalArgumentException(reference + " " + path);
        }
    }

    /** About a subject, to its followers and those responsible. */
    public static News of(String reference, String kind, Initiative subject, long actor) {
        return new News(
                reference,
                kind,
                subject,
                actor,
                "news." + kind,
                Map.of(),
                "",
                "/",
                Reach.SUBJECT,
                false,
                Set.of(),
                Set.of(),
                Set.of(),
                false);
    }

    public News saying(String key, Map<String, String> values) {
        return new News(
                reference, kind, subject, actor, key, values, quote, path, reach, residents, addressed, except, tags,
                signed);
    }

    /** The beginning of this text, on one line. */
    public News quoting(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        String cut = line.codePointCount(0, line.length()) <= MAX_QUOTE
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_QUOTE - 1)) + "…";
        return new News(
                reference, kind, subject, actor, message, arguments, cut, path, reach, residents, addressed, except,
                tags, signed);
    }

    public News leadingTo(String page) {
        return new News(
                reference, kind, subject, actor, message, arguments, quote, page, reach, residents, addressed, except,
                tags, signed);
    }

    /** To these as well. */
    public News to(Set<Long> members) {
        Set<Long> more = new HashSet<>(addressed);
        more.addAll(members);
        return new News(
                reference, kind, subject, actor, message, arguments, quote, path, reach, residents, more, except, tags,
                signed);
    }

    public News butNotTo(Set<Long> members) {
        return new News(
                reference, kind, subject, actor, message, arguments, quote, path, reach, residents, addressed, members,
                tags, signed);
    }

    /** To those addressed and nobody else. */
    public News only() {
        return reaching(Reach.ADDRESSED, residents);
    }

    /** To those, too, who take part in the subject. */
    public News concerning() {
        return reaching(Reach.CONCERNED, residents);
    }

    /** To followers of the neighbourhood, of the themes and of the actor, too. */
    public News around(String... themes) {
        News wide = reaching(Reach.AROUND, residents);
        return new News(
                reference,
                kind,
                subject,
                actor,
                message,
                arguments,
                quote,
                path,
                wide.reach,
                residents,
                addressed,
                except,
                Set.of(themes),
                signed);
    }

    /** To those, too, who live in the neighbourhood that the subject is. */
    public News withResidents() {
        return reaching(reach, true);
    }

    private News reaching(Reach how, boolean those) {
        return new News(
                reference, kind, subject, actor, message, arguments, quote, path, how, those, addressed, except, tags,
                signed);
    }

    /** With links in letters that say who reads them. */
    public News signedLinks() {
        return new News(
                reference, kind, subject, actor, message, arguments, quote, path, reach, residents, addressed, except,
                tags, true);
    }
}
