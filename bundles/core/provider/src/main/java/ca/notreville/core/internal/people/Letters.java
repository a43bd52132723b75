// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import ca.notreville.core.api.mail.Letter;
import ca.notreville.core.api.mail.Mailer;
import ca.notreville.web.api.Messages;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Letters of this part of the core. The texts of a letter are {@code core.letter.<name>.subject}, {@code .body} and
 * {@code .button}.
 */
@Component(service = Letters.class)
public final class Letters {

    private final Mailer mailer;

    /** Comes with the portal, which may be exchanged while the core stays. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Messages messages;

    @Activate
    public Letters(@Reference Mailer mailer) {
        this.mailer = mailer;
    }

    Letters(Mailer mailer, Messages messages) {
        this.mailer = mailer;
        this.messages = messages;
    }

    /** Somebody who can be written to. */
    record Reader(String email, Locale language, String name) {}

    static Optional<Reader> reader(Connection connection, long member) throws SQLException {
        return Db.one(
                connection,
                "select email, language, display_name from core_member where id = ?",
                row -> new Reader(row.getString(1), Locale.forLanguageTag(row.getString(2)), row.getString(3)),
                member);
    }

    /**
     * Posts a letter in this transaction.
     *
     * @param name of its texts
     * @param quoted what somebody wrote, as a paragraph of its own; "" for nothing
     */
    void post(
            Connection connection,
            String reference,
            Reader reader,
            String name,
            Map<String, String> arguments,
            String quoted,
            String path)
            throws SQLException {
        Messages texts = Objects.requireNonNull(messages, "the portal is not there");
        List<String> paragraphs = new ArrayList<>();
        if (!reader.name().isEmpty()) {
            paragraphs.add(texts.text(reader.language(), "core.letter.hello", Map.of("name", reader.name())));
        }
        paragraphs.add(texts.text(reader.language(), "core.letter." + name + ".body", arguments));
        if (!quoted.isEmpty()) {
            paragraphs.add(quoted);
        }
        mailer.post(
                connection,
                new Letter(
                        reference,
                        reader.email(),
                        reader.language(),
                        texts.text(reader.language(), "core.letter." + name + ".subject", arguments),
                        paragraphs,
                        new Letter.Button(
                                texts.text(reader.language(), "core.letter." + name + ".button", arguments), path),
                        null));
    }

    /** Call after the commit. */
    void poke() {
        mailer.poke();
    }
}
