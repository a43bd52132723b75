// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.mail;

import java.io.IOException;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;

/** Hands one message on. */
interface Transport {

    /** Returns once the other side has taken responsibility for the message. */
    void send(MimeMessage message) throws MessagingException, IOException;
}
