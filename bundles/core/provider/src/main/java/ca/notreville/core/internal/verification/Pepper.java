// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.verification;

import ca.notreville.persistence.api.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Hashes what can be guessed (a name with a birth date, a short code) with a secret, so that whoever has the database alone
 * cannot try all guesses. The secret is a file that every node has; without one it is made once and kept in the database, which
 * protects less: then a copy of the database holds both.
 */
@Component(service = Pepper.class, configurationPid = Pepper.PID)
@Designate(ocd = Pepper.Config.class)
public final class Pepper {

    static final String PID = "ca.notreville.core.verification";

    private static final int BYTES = 32;
    private static final int MIN_SECRET = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    /** PID {@value Pepper#PID}. */
    @ObjectClassDefinition(name = "Notreville: verification of residence")
    public @interface Config {
        @AttributeDefinition(
                name = "Secret",
                description =
                        "File with the secret that hashes are made with, 16 characters at least; the same on every node."
                                + " Another secret makes the hashes worthless that were made with the former one.")
        String pepperFile() default "";
    }

    @Activate
    public Pepper(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource, Config config) {
        key = new SecretKeySpec(
                config.pepperFile().isEmpty() ? fromDatabase(dataSource) : fromFile(config.pepperFile()), "HmacSHA256");
    }

    private static byte[] fromFile(String file) {
        try {
            String secret = Files.readString(Path.of(file)).strip();
            if (secret.length() < MIN_SECRET) {
                throw new IllegalStateException("the secret in " + file + " is shorter than " + MIN_SECRET);
            }
            return secret.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] fromDatabase(DataSource dataSource) {
        return Sql.write(dataSource, connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("select secret from core_residence_secret where id = 1");
                    ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    return HexFormat.of().parseHex(row.getString(1));
                }
            }
            byte[] made = new byte[BYTES];
            RANDOM.nextBytes(made);
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into core_residence_secret (id, secret) values (1, ?)")) {
                insert.setString(1, HexFormat.of().formatHex(made));
                insert.executeUpdate();
            }
            return made;
        });
    }

    /**
     * @param purpose sets hashes apart that are made for different things
     * @return 64 hexadecimal digits
     */
    String hash(String purpose, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
