// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.mail;

import ca.notreville.core.api.mail.Mailer;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.persistence.api.Ids;
import ca.notreville.web.api.Messages;
import ca.notreville.web.api.Site;
import java.time.Clock;
import javax.sql.DataSource;
import org.mockito.Mockito;

/** The real mailer of one node, for a mail server on this machine; it sends when it is told to. */
public final class TestMailer {

    private final MailerImpl mailer;

    public TestMailer(
            DataSource dataSource,
            Ids ids,
            Clock clock,
            TerritoryService territory,
            Site site,
            Messages messages,
            int port) {
        MailConfig config = Mockito.mock(MailConfig.class);
        Mockito.when(config.host()).thenReturn("127.0.0.1");
        Mockito.when(config.port()).thenReturn(port);
        Mockito.when(config.security()).thenReturn("none");
        Mockito.when(config.user()).thenReturn("");
        Mockito.when(config.from()).thenReturn("notreville@localhost");
        Mockito.when(config.perMinute()).thenReturn(60_000);
        mailer = new MailerImpl(dataSource, ids, clock, territory, config, new SmtpTransport(config))
                .with(site, messages);
    }

    /** The mailer of a node that never sends. */
    public static Mailer rows(DataSource dataSource, Ids ids, Clock clock, TerritoryService territory) {
        return new MailerImpl(dataSource, ids, clock, territory, Mockito.mock(MailConfig.class), message -> {
            throw new AssertionError("nothing is to be sent");
        });
    }

    public void sendDue() {
        mailer.sendDue();
    }
}
