// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.mail;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail before it has a form: the mailer makes plain text and HTML of it, in the town's layout.
 *
 * @param reference names this letter for ever, {@value #MAX_REFERENCE} characters at most: a second one of the same reference
 *     is not sent
 * @param to one address, as checked at sign-up
 * @param language in which it is written
 * @param subject one line, plain
 * @param paragraphs plain texts; a line beginning with {@code "• "} is an item of a list
 * @param button where it leads to, {@code null} for none
 * @param unsubscribe path of the page and of the one-click address (RFC 8058) that end such letters; {@code null} for letters
 *     that a person asked for or that the law wants sent
 */
public record Letter(
        String reference,
        String to,
        Locale language,
        String subject,
        List<String> paragraphs,
        @Nullable Button button,
        @Nullable String unsubscribe) {

    public static final int MAX_REFERENCE = 120;

    public Letter {
        paragraphs = List.copyOf(paragraphs);
        if (subject.chars().anyMatch(c -> c < ' ') || to.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("a header of several lines");
        }
    }

    /**
     * @param path on this site; the mailer puts the public address before it
     */
    public record Button(String label, String path) {}
}
