// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.notify;

import ca.notreville.persistence.api.Sql;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Links in letters that say whose letter it is, without a session: {@code <member>.<HMAC-SHA256(key, purpose ‖ member)>}. They
 * are good for ever, on every node, since people keep letters for years and the law wants the way out to work.
 */
@Component(service = LetterLinks.class)
public final class LetterLinks {

    static final String DIGESTS = "digests";

    private static final String KEY = "links";
    private static final int BYTES = 32;

    private final SecretKeySpec key;

    @Activate
    public LetterLinks(@Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource) {
        key = new SecretKeySpec(HexFormat.of().parseHex(Sql.write(dataSource, LetterLinks::secret)), "HmacSHA256");
    }

    /** Made by whichever node comes first. */
    private static String secret(Connection connection) throws SQLException {
        String known = find(connection);
        if (known != null) {
            return known;
        }
        byte[] made = new byte[BYTES];
        new SecureRandom().nextBytes(made);
        String secret = HexFormat.of().formatHex(made);
        try (PreparedStatement insert =
                connection.prepareStatement("insert into core_letter_key (name, secret) values (?, ?)")) {
            insert.setString(1, KEY);
            insert.setString(2, secret);
            insert.executeUpdate();
        }
        return secret;
    }

    private static @Nullable String find(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select secret from core_letter_key where name = ?")) {
            select.setString(1, KEY);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    /** Path that ends letters: of a kind, or {@value #DIGESTS}. */
    String stop(long member, String what) {
        return "/following/stop?what=" + URLEncoder.encode(what, StandardCharsets.UTF_8) + "&token="
                + token(member, "stop " + what);
    }

    OptionalLong stopping(String what, String token) {
        return member("stop " + what, token);
    }

    /** The same page, opened by this member. */
    String reading(long member, String path) {
        int fragment = path.indexOf('#');
        String page = fragment < 0 ? path : path.substring(0, fragment);
        return page
                + (page.indexOf('?') < 0 ? "?as=" : "&as=")
                + token(member, "read " + path)
                + path.substring(page.length());
    }

    OptionalLong reader(String path, String token) {
        return member("read " + path, token);
    }

    private String token(long member, String purpose) {
        return Long.toString(member, 36) + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(mac(member, purpose));
    }

    private OptionalLong member(String purpose, String token) {
        int dot = token.indexOf('.');
        if (dot < 1 || dot > 13) {
            return OptionalLong.empty();
        }
        try {
            long member = Long.parseLong(token.substring(0, dot), 36);
            byte[] given = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            return MessageDigest.isEqual(given, mac(member, purpose)) ? OptionalLong.of(member) : OptionalLong.empty();
        } catch (IllegalArgumentException e) {
            return OptionalLong.empty();
        }
    }

    private byte[] mac(long member, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal((purpose + " " + member).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
