// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import ca.notreville.persistence.api.Violations;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keys that all nodes share and nobody typed: made once, kept in the database. */
@Component(service = Secrets.class)
public final class Secrets {

    private static final int BYTES = 32;

    private final DataSource dataSource;

    @Activate
    public Secrets(@Reference(target = "(osgi.jndi.service.name=notreville.web)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The key of this name, 32 random bytes. */
    public byte[] key(String name) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String known = find(connection, name);
            if (known == null) {
                byte[] made = new byte[BYTES];
                new SecureRandom().nextBytes(made);
                insert(connection, name, HexFormat.of().formatHex(made));
                known = find(connection, name);
            }
            if (known == null) {
                throw new SQLException("no secret " + name);
            }
            return HexFormat.of().parseHex(known);
        }
    }

    private static @Nullable String find(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select secret from web_secret where name = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private static void insert(Connection connection, String name, String value) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into web_secret (name, secret) values (?, ?)")) {
            insert.setString(1, name);
            insert.setString(2, value);
            insert.executeUpdate();
        } catch (SQLException e) {
            // another node made the key a moment ago, and that one counts
            if (!Violations.isUnique(e)) {
                throw e;
            }
        }
    }
}
