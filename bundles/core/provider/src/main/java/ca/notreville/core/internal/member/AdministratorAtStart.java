// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.member.SignUp;
import ca.notreville.persistence.api.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that an installation gets its first administrator: the one named by {@value #EMAIL} and {@value #PASSWORD_FILE},
 * or whoever opens the one-time link, whose path is written to a file that only the operator can read. There is no default
 * password, and no link once there is an administrator.
 */
@Component(
        immediate = true,
        service = {})
public final class AdministratorAtStart {

    static final String EMAIL = "NOTREVILLE_ADMIN_EMAIL";
    static final String PASSWORD_FILE = "NOTREVILLE_ADMIN_PASSWORD_FILE";

    /** Framework property with the path of the file for the link. */
    static final String LINK_FILE = "notreville.admin.link";

    private static final Logger LOG = LoggerFactory.getLogger(AdministratorAtStart.class);

    private final DataSource dataSource;
    private final Clock clock;

    @Activate
    public AdministratorAtStart(
            BundleContext context,
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference MemberServiceImpl members,
            @Reference Clock clock)
            throws IOException {
        this(dataSource, members, clock, System.getenv(), context.getProperty(LINK_FILE));
    }

    AdministratorAtStart(
            DataSource dataSource,
            MemberServiceImpl members,
            Clock clock,
            Map<String, String> environment,
            @Nullable String linkFile)
            throws IOException {
        this.dataSource = dataSource;
        this.clock = clock;
        if (linkFile != null) {
            Files.deleteIfExists(Path.of(linkFile));
        }
        withdrawLinks();
        String email = environment.get(EMAIL);
        String passwordFile = environment.get(PASSWORD_FILE);
        if (email != null && passwordFile != null) {
            make(members, email, Files.readString(Path.of(passwordFile)).strip());
        } else if (linkFile != null && !administratorExists()) {
            offerLink(Path.of(linkFile));
        }
    }

    /** The links of earlier starts are no more good, whether or not there is a new one. */
    private void withdrawLinks() {
        Sql.write(dataSource, connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from core_claim where used_at is null")) {
                delete.executeUpdate();
            }
            return true;
        });
    }

    private static void make(MemberServiceImpl members, String email, String password) {
        String address = email.strip().toLowerCase(Locale.ROOT);
        if (members.taken(address)) {
            return;
        }
        int at = address.indexOf('@');
        String name = at < SignUp.MIN_NAME ? address : address.substring(0, at);
        try {
            members.openAdministration(
                    Caller.visitor(Locale.FRENCH),
                    new SignUp(
                            address,
                            password,
                            name.substring(0, Math.min(name.length(), SignUp.MAX_NAME)),
                            null,
                            null,
                            null));
            LOG.info("Made the administrator that {} names", EMAIL);
        } catch (InvalidException e) {
            // another node that starts at the same time may have been first
            if (!members.taken(address)) {
                throw e;
            }
        }
    }

    private boolean administratorExists() {
        return Sql.read(dataSource, connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select 1 from core_member_role" + " where role = ? and limit_kind = ? fetch first 1 rows only")) {
                select.setString(1, Role.ADMINISTRATOR.word());
                select.setString(2, Grant.Limit.TOWN.word());
                try (ResultSet row = select.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    private void offerLink(Path file) throws IOException {
        String token = Tokens.make();
        Sql.write(dataSource, connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into core_claim (token_hash, version, created_at) values (?, 1, ?)")) {
                insert.setString(1, Tokens.hash(token));
                insert.setTimestamp(2, Timestamp.from(clock.instant()));
                insert.executeUpdate();
            }
            return true;
        });
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "/members/claim?token=" + token + "\n");
        LOG.info("There is no administrator yet; the one-time link is in {}", file);
    }
}
