// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import ca.notreville.core.api.mail.Letter;
import ca.notreville.core.api.mail.Mailer;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.web.api.Messages;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The letters about accounts: subject, text (a paragraph a line) and button are messages under {@code core.letter.<what>}. None
 * can be unsubscribed from: each was asked for, or warns.
 */
@Component(service = AccountLetters.class)
public final class AccountLetters {

    private final Mailer mailer;
    private final TerritoryService territory;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Messages messages;

    @Activate
    public AccountLetters(@Reference Mailer mailer, @Reference TerritoryService territory) {
        this.mailer = mailer;
        this.territory = territory;
    }

    /** For tests, which have no framework. */
    AccountLetters with(Messages texts) {
        messages = texts;
        return this;
    }

    /**
     * @param what names the texts
     * @param reference what makes this letter this letter
     * @param path where its button leads, {@code null} for none
     */
    void post(
            Connection connection,
            String what,
            String reference,
            String to,
            Locale language,
            Map<String, String> arguments,
            @Nullable String path)
            throws SQLException {
        Messages texts = messages;
        if (texts == null) {
            throw new IllegalStateException("no messages yet");
        }
        Map<String, String> all = new HashMap<>(arguments);
        all.put("town", territory.town().name());
        String key = "core.letter." + what;
        List<String> paragraphs =
                texts.text(language, key + ".text", all).lines().toList();
        mailer.post(
                connection,
                new Letter(
                        "core." + what + ":" + reference,
                        to,
                        language,
                        texts.text(language, key + ".subject", all).replaceAll("\\p{Cntrl}", " "),
                        paragraphs,
                        path == null ? null : new Letter.Button(texts.text(language, key + ".button", all), path),
                        null));
    }

    void poke() {
        mailer.poke();
    }
}
