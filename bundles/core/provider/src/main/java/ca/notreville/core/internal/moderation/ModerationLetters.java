// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.moderation;

import ca.notreville.core.api.mail.Letter;
import ca.notreville.core.api.mail.Mailer;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.moderation.ModerationService.Case;
import ca.notreville.core.api.moderation.ModerationService.Decision;
import ca.notreville.core.api.moderation.ModerationService.State;
import ca.notreville.web.api.Messages;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Tells authors what was decided about what they wrote, why, and what they can do about it. */
@Component(service = ModerationLetters.class)
public final class ModerationLetters {

    private final Mailer mailer;
    private final MemberService members;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Messages messages;

    @Activate
    public ModerationLetters(@Reference Mailer mailer, @Reference MemberService members) {
        this.mailer = mailer;
        this.members = members;
    }

    /** For tests, which have no framework. */
    ModerationLetters with(Messages texts) {
        messages = texts;
        return this;
    }

    /** Nothing is written where nothing changed for the author. */
    void decided(Connection connection, Case found, Decision what, String why, @Nullable Instant until)
            throws SQLException {
        boolean appeal = found.state() == State.APPEALED;
        if (found.author() == 0
                || what == Decision.DISMISS && !appeal && !found.source().equals("held")) {
            return;
        }
        Member author = members.find(found.author()).orElse(null);
        if (author == null) {
            return;
        }
        Messages texts = Objects.requireNonNull(messages, "the portal is away");
        Locale language = author.language();
        boolean shown = what != Decision.HIDE && what != Decision.SUSPEND;
        String outcome =
                appeal ? "appeal-" + (shown ? "shown" : "kept") : what == Decision.DISMISS ? "restore" : what.word();
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(texts.text(language, "core.moderation.letter.greeting", Map.of("name", author.displayName())));
        paragraphs.add(texts.text(language, "core.moderation.letter." + outcome, Map.of("title", found.title())));
        if (!why.isEmpty()) {
            paragraphs.add(texts.text(language, "core.moderation.letter.reason", Map.of("reason", why)));
        }
        if (until != null) {
            String date = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                    .withLocale(language)
                    .withZone(ZoneId.systemDefault())
                    .format(until);
            paragraphs.add(texts.text(language, "core.moderation.letter.until", Map.of("date", date)));
        }
        boolean canAppeal = !appeal && (!shown || what == Decision.WARN);
        if (canAppeal) {
            paragraphs.add(texts.text(language, "core.moderation.letter.appeal", Map.of()));
        }
        mailer.post(
                connection,
                new Letter(
                        "moderation-" + found.id() + (appeal ? "-appeal" : ""),
                        author.email(),
                        language,
                        texts.text(language, "core.moderation.letter." + outcome + "-subject", Map.of()),
                        paragraphs,
                        new Letter.Button(
                                texts.text(language, "core.moderation.letter.go", Map.of()),
                                "/moderation/cases/" + found.id()),
                        null));
    }
}
