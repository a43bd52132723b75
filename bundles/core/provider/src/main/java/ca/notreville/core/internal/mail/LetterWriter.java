// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.mail;

import ca.notreville.core.api.mail.Letter;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.Messages;
import ca.notreville.web.api.Site;
import gg.jte.output.StringOutput;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;

/** Makes a message of a letter: plain text and HTML that say the same. */
final class LetterWriter {

    private static final Templates VIEWS = new StaticTemplates();

    private final Messages messages;
    private final Site site;
    private final String from;

    LetterWriter(Messages messages, Site site, String from) {
        this.messages = messages;
        this.site = site;
        this.from = from;
    }

    /** @param written when the letter was posted */
    MimeMessage write(Letter letter, String town, Instant written) throws MessagingException {
        LetterView view = view(letter, town);
        MimeMessage message = new Fixed(messageId(letter));
        message.setFrom(address(from, town));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(letter.to(), true));
        message.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(written));
        message.setHeader("Content-Language", letter.language().toLanguageTag());
        message.setHeader("Auto-Submitted", "auto-generated");
        if (letter.unsubscribe() != null) {
            message.setHeader("List-Unsubscribe", "<" + view.stopAddress() + ">");
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        MimeBodyPart text = new MimeBodyPart();
        text.setText(text(view), StandardCharsets.UTF_8.name());
        MimeBodyPart html = new MimeBodyPart();
        StringOutput page = new StringOutput();
        VIEWS.letter(view).writeTo(page);
        html.setText(page.toString(), StandardCharsets.UTF_8.name(), "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        return message;
    }

    private static InternetAddress address(String address, String name) throws MessagingException {
        try {
            InternetAddress sender = new InternetAddress(address, true);
            sender.setPersonal(name, StandardCharsets.UTF_8.name());
            return sender;
        } catch (java.io.UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private LetterView view(Letter letter, String town) {
        Letter.Button button = letter.button();
        String stop = letter.unsubscribe();
        return new LetterView(
                letter,
                town,
                button == null ? "" : site.address(button.path()),
                messages.text(
                        letter.language(), "core.mail.footer", Map.of("town", town, "address", site.address("/"))),
                stop == null ? "" : messages.text(letter.language(), "core.mail.stop", Map.of()),
                stop == null ? "" : site.address(stop));
    }

    private static String text(LetterView view) {
        StringBuilder text = new StringBuilder();
        for (String paragraph : view.letter().paragraphs()) {
            text.append(paragraph).append("\n\n");
        }
        Letter.Button button = view.letter().button();
        if (button != null) {
            text.append(button.label())
                    .append(" :\n")
                    .append(view.buttonAddress())
                    .append("\n\n");
        }
        text.append("-- \n").append(view.footer()).append('\n');
        if (!view.stop().isEmpty()) {
            text.append(view.stop()).append(" :\n").append(view.stopAddress()).append('\n');
        }
        return text.toString();
    }

    /** Always the same for the same letter, so that a mail program shows one that came twice once. */
    private String messageId(Letter letter) {
        String host = URI.create(site.address("/")).getHost();
        return "<"
                + UUID.nameUUIDFromBytes((letter.reference() + " " + letter.to()).getBytes(StandardCharsets.UTF_8))
                + "@" + host + ">";
    }

    /** Javamail would make up another id at each saving. */
    private static final class Fixed extends MimeMessage {
        private final String id;

        Fixed(String id) {
            super(Session.getInstance(new Properties()));
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
