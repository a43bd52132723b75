// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;

/** To a mail server. */
final class SmtpTransport implements Transport {

    private static final String TIMEOUT_MILLIS = "20000";

    private final Session session;
    private final MailConfig config;

    SmtpTransport(MailConfig config) {
        this.config = config;
        session = Session.getInstance(properties(config));
    }

    private static Properties properties(MailConfig config) {
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", config.host());
        properties.put("mail.smtp.port", String.valueOf(config.port()));
        for (String timeout : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.put("mail.smtp." + timeout, TIMEOUT_MILLIS);
        }
        boolean startTls = config.security().equals("starttls");
        properties.put("mail.smtp.starttls.enable", String.valueOf(startTls));
        properties.put("mail.smtp.starttls.required", String.valueOf(startTls));
        properties.put("mail.smtp.ssl.enable", String.valueOf(config.security().equals("tls")));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.auth", String.valueOf(!config.user().isEmpty()));
        return properties;
    }

    @Override
    public void send(MimeMessage message) throws MessagingException, IOException {
        try (javax.mail.Transport transport = session.getTransport()) {
            if (config.user().isEmpty()) {
                transport.connect();
            } else {
                transport.connect(
                        config.user(),
                        Files.readString(Path.of(config.passwordFile())).strip());
            }
            transport.sendMessage(message, message.getAllRecipients());
        }
    }
}
