// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.mail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;

/** Into a folder, a file a letter: for trying the platform out, and for tests. */
final class FolderTransport implements Transport {

    private final Path folder;

    FolderTransport(Path folder) {
        this.folder = folder;
    }

    @Override
    public void send(MimeMessage message) throws MessagingException, IOException {
        Files.createDirectories(folder);
        String name = message.getMessageID().replaceAll("[^A-Za-z0-9.-]", "") + ".eml";
        Path part = folder.resolve(name + ".part");
        try (OutputStream out = Files.newOutputStream(part)) {
            message.writeTo(out);
        }
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
