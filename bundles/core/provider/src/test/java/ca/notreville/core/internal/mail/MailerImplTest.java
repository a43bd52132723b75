// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.mail.Letter;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.api.territory.Town;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import ca.notreville.web.api.Messages;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

/** With a real SMTP server. */
@OnDatabase
class MailerImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final AtomicLong IDS = new AtomicLong();

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private MailerImpl mailer;

    @BeforeEach
    void start() {
        server.start();
        database.execute("delete from core_mail");
        mailer = mailer();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aLetterArrivesAsTextAndHtmlInTheLanguageOfItsReader() throws Exception {
        post(letter("welcome:1", "Bienvenue à l’été"));

        mailer.sendDue();

        MimeMessage message = server.getReceivedMessages()[0];
        assertThat(message.getSubject()).isEqualTo("Bienvenue à l’été");
        assertThat(message.getHeader("Content-Language")).containsExactly("fr");
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getHeader("List-Unsubscribe"))
                .containsExactly("<https://ville.example/following/stop?token=abc>");
        assertThat(message.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo("Val-aux-Hérons");
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat((String) parts.getBodyPart(0).getContent())
                .contains("Bonjour Ana <b>!", "https://ville.example/ideas/1");
        assertThat((String) parts.getBodyPart(1).getContent())
                .contains("Bonjour Ana &lt;b&gt;!", "href=\"https://ville.example/ideas/1\"");
    }

    @Test
    void aLetterInALanguageWhosePackIsGoneSaysThatItIsFrench() throws Exception {
        post(new Letter(
                "pack:1", "ana@example.org", Locale.forLanguageTag("es"), "Bonjour", List.of("Bonjour"), null, null));

        mailer.sendDue();

        MimeMessage message = server.getReceivedMessages()[0];
        assertThat(message.getHeader("Content-Language")).containsExactly("fr");
        assertThat((String)
                        ((MimeMultipart) message.getContent()).getBodyPart(1).getContent())
                .contains("<html lang=\"fr\">");
    }

    @Test
    void theSameReferenceIsPostedAndSentOnceHoweverManyNodesTry() {
        MailerImpl other = mailer();
        AtOnce.run(8, i -> {
            try {
                post(letter("digest:7:2026-05-01", "Résumé"));
                return true;
            } catch (SQLException e) {
                return false;
            }
        });

        AtOnce.run(2, i -> {
            (i == 0 ? mailer : other).sendDue();
            return i;
        });

        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(database.number("select count(*) from core_mail where state = 'sent'"))
                .isEqualTo(1);
    }

    @Test
    void aLetterToAnAccountWithoutAnAddressIsNotPosted() throws Exception {
        post(new Letter("counter:1", "42@guichet.invalid", Locale.FRENCH, "Bonjour", List.of("Bonjour"), null, null));

        assertThat(database.number("select count(*) from core_mail where reference = 'counter:1'"))
                .isZero();
    }

    @Test
    void aLetterThatIsRolledBackIsNotSent() throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            mailer.post(connection, letter("never:1", "Jamais"));
            connection.rollback();
        }

        mailer.sendDue();

        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aLetterWaitsWhileTheServerIsDownAndIsSentWhenItIsBack() throws Exception {
        server.stop();
        post(letter("later:1", "Plus tard"));
        mailer.sendDue();
        assertThat(database.number("select attempts from core_mail")).isEqualTo(1);

        server.start();
        mailer = mailer();
        mailer.sendDue();
        assertThat(server.getReceivedMessages()).as("not before its time").isEmpty();
        clock.advance(Duration.ofSeconds(11));
        mailer.sendDue();

        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void aLetterThatANodeTookAndDiedWithIsTakenUpByAnother() throws Exception {
        post(letter("orphan:1", "Orpheline"));
        database.execute("update core_mail set due_at = {ts '2026-05-01 12:01:00'}");
        mailer.sendDue();
        assertThat(server.getReceivedMessages()).as("still leased").isEmpty();

        clock.advance(Duration.ofMinutes(7));
        mailer.sendDue();

        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void aLetterThatAPersonWaitsForDoesNotWaitBehindNews() throws Exception {
        for (int i = 0; i < 3; i++) {
            post(letter("news:" + i, "Nouvelles"));
        }
        clock.advance(Duration.ofSeconds(1));
        post(new Letter("confirm:1", "bo@example.org", Locale.FRENCH, "Votre lien", List.of(), null, null));

        mailer.sendDue();

        assertThat(server.getReceivedMessages()[0].getSubject()).isEqualTo("Votre lien");
        assertThat(server.getReceivedMessages()).hasSize(4);
    }

    @Test
    void whatWasSentIsForgotten() throws Exception {
        post(letter("secret:1", "Votre lien"));

        mailer.sendDue();

        assertThat(database.number("select count(*) from core_mail where letter like '%lien%'"))
                .isZero();
    }

    @Test
    void aHeaderOfSeveralLinesIsRefused() {
        assertThatThrownBy(() -> letter("x", "Sujet\r\nBcc: victim@example.org"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new Letter("x", "a@example.org\nBcc:b@example.org", Locale.FRENCH, "S", List.of(), null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Letter letter(String reference, String subject) {
        return new Letter(
                reference,
                "ana@example.org",
                Locale.FRENCH,
                subject,
                List.of("Bonjour Ana <b>!"),
                new Letter.Button("Ouvrir", "/ideas/1"),
                "/following/stop?token=abc");
    }

    private void post(Letter letter) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            mailer.post(connection, letter);
        }
    }

    private MailerImpl mailer() {
        TerritoryService territory = Mockito.mock(TerritoryService.class);
        Mockito.when(territory.town()).thenReturn(new Town("Val-aux-Hérons"));
        Messages messages = Mockito.mock(Messages.class);
        Mockito.when(messages.languages()).thenReturn(List.of(Locale.FRENCH, Locale.ENGLISH));
        Mockito.when(messages.text(Mockito.any(), Mockito.any(), Mockito.any())).thenAnswer(i -> i.getArgument(1));
        MailConfig config = Mockito.mock(MailConfig.class);
        Mockito.when(config.host()).thenReturn("127.0.0.1");
        Mockito.when(config.port()).thenReturn(server.getSmtp().getPort());
        Mockito.when(config.security()).thenReturn("none");
        Mockito.when(config.user()).thenReturn("");
        Mockito.when(config.from()).thenReturn("notreville@localhost");
        Mockito.when(config.perMinute()).thenReturn(60_000);
        return new MailerImpl(
                        database.dataSource(),
                        IDS::incrementAndGet,
                        clock,
                        territory,
                        config,
                        new SmtpTransport(config))
                .with(path -> "https://ville.example" + path, messages);
    }
}
