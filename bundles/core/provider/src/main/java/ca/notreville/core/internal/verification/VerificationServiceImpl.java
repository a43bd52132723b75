// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.verification;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.verification.PostalAddress;
import ca.notreville.core.api.verification.Residence;
import ca.notreville.core.api.verification.Residence.Level;
import ca.notreville.core.api.verification.Residence.Way;
import ca.notreville.core.api.verification.ResidentClaim;
import ca.notreville.core.api.verification.VerificationService;
import ca.notreville.core.internal.access.ResidenceStore;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class VerificationServiceImpl implements VerificationService {

    static final String VERIFIED = "core.residence-verified";

    private static final int MAX_TYPED = 120;

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final ResidenceStore store;
    private final Pepper pepper;
    private final AuditLog audit;

    @Activate
    public VerificationServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference ResidenceStore store,
            @Reference Pepper pepper,
            @Reference AuditLog audit) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.store = store;
        this.pepper = pepper;
        this.audit = audit;
    }

    @Override
    public Residence of(long member) {
        return store.of(member);
    }

    @Override
    public Ways ways() {
        return Sql.read(dataSource, connection -> {
            var settings = ResidenceRows.read(connection);
            ResidentHashes list = ResidentHashes.read(connection).orElse(null);
            return new Ways(
                    settings.post(),
                    list != null,
                    list != null && list.birthDate(),
                    list != null && list.postalCode(),
                    settings.counter());
        });
    }

    @Override
    public Residence declare(Caller caller) {
        long member = caller.requireMember();
        Sql.write(dataSource, connection -> {
            if (ResidenceStore.read(connection, member).level() == Level.NONE) {
                ResidenceRows.write(
                        connection,
                        member,
                        Level.SELF_DECLARED.word(),
                        Way.DECLARATION.word(),
                        clock.instant(),
                        null,
                        0,
                        null);
            }
            return true;
        });
        store.changed(member);
        return of(member);
    }

    private void verified(Connection connection, Caller caller, long member, Way way, @Nullable String proof)
            throws SQLException {
        if (proof != null) {
            try (PreparedStatement select =
                    connection.prepareStatement("select member_id from core_residence where proof = ?")) {
                select.setString(1, proof);
                try (ResultSet row = select.executeQuery()) {
                    if (row.next() && row.getLong(1) != member) {
                        throw new ConflictException("core.verification-used-elsewhere");
                    }
                }
            }
        }
        Instant now = clock.instant();
        ResidenceRows.write(
                connection,
                member,
                Level.VERIFIED.word(),
                way.word(),
                now,
                ResidenceRows.until(connection, now),
                0,
                proof);
        audit.append(connection, caller, VERIFIED, "member:" + member, Map.of("way", way.word()));
    }

    @Override
    public Letter requestLetter(Caller caller, PostalAddress address) {
        long member = caller.requireMember();
        Fields fields = new Fields();
        String name = fields.line("name", address.name(), 1, PostalAddress.MAX_LINE);
        String street = fields.line("street", address.street(), 1, PostalAddress.MAX_LINE);
        String unit = fields.line("unit", address.unit(), 0, PostalAddress.MAX_LINE);
        String city = fields.line("city", address.city(), 1, PostalAddress.MAX_LINE);
        String typed = fields.line("postalCode", address.postalCode(), 1, PostalAddress.MAX_LINE);
        Optional<String> code = Resident.postalCode(typed);
        if (!typed.isEmpty() && code.isEmpty()) {
            fields.add("postalCode", "core.postal-code", Map.of());
        }
        fields.verify();
        String postal = code.orElseThrow();
        String json = Letters.json(
                new PostalAddress(name, street, unit, city, postal.substring(0, 3) + " " + postal.substring(3)));
        long id = ids.next();
        return Sql.write(dataSource, connection -> {
            if (!ResidenceRows.read(connection).post()) {
                throw new ConflictException("core.verification-way-closed");
            }
            Instant now = clock.instant();
            Optional<Letters.Row> open = Letters.open(connection, member);
            if (open.isPresent()) {
                if (open.get().printedAt() == null) {
                    throw new ConflictException("core.verification-letter-waiting");
                }
                Letters.close(connection, open.get().id());
            }
            Duration within = Duration.ofDays(LETTER_DAYS);
            try (PreparedStatement count = connection.prepareStatement(
                    "select count(*) from core_residence_letter where member_id = ? and requested_at > ?")) {
                count.setLong(1, member);
                count.setTimestamp(2, Timestamp.from(now.minus(within)));
                try (ResultSet row = count.executeQuery()) {
                    row.next();
                    if (row.getInt(1) >= MAX_LETTERS) {
                        throw new TooManyRequestsException("core.verification-letters", within);
                    }
                }
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into core_residence_letter (id, member_id, open_for, address, language, tries, requested_at)"
                            + " values (?, ?, ?, ?, ?, 0, ?)")) {
                insert.setLong(1, id);
                insert.setLong(2, member);
                insert.setLong(3, member);
                insert.setString(4, json);
                insert.setString(5, caller.language().getLanguage());
                insert.setTimestamp(6, Timestamp.from(now));
                insert.executeUpdate();
            }
            return new Letter(id, now, null, null, MAX_TRIES);
        });
    }

    @Override
    public Optional<Letter> letter(Caller caller) {
        if (!caller.signedIn()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return Sql.read(dataSource, connection -> Letters.open(connection, caller.memberId())
                .filter(row -> row.printedAt() == null || row.good(now))
                .map(Letters.Row::view));
    }

    @Override
    public Residence enterCode(Caller caller, String code) {
        long member = caller.requireMember();
        Fields fields = new Fields();
        String typed = fields.line("code", code, 1, MAX_TYPED);
        fields.verify();
        Instant now = clock.instant();
        // the try is counted and committed before it is made, so that many at once have no more than one after another
        Letters.Row letter = Sql.write(dataSource, connection -> {
            Letters.Row open = Letters.open(connection, member)
                    .filter(row -> row.good(now))
                    .orElseThrow(() -> new ConflictException("core.verification-no-letter"));
            try (PreparedStatement count = connection.prepareStatement(
                    "update core_residence_letter set tries = tries + 1 where id = ? and open_for = ? and tries < "
                            + MAX_TRIES)) {
                count.setLong(1, open.id());
                count.setLong(2, member);
                if (count.executeUpdate() == 0) {
                    throw new ConflictException("core.verification-no-letter");
                }
            }
            return open;
        });
        String expected = letter.codeHash();
        String given = Letters.hash(pepper, letter.id(), typed);
        if (expected == null || !MessageDigest.isEqual(bytes(expected), bytes(given))) {
            throw InvalidException.of("code", "core.verification-code-wrong");
        }
        Sql.write(dataSource, connection -> {
            Letters.close(connection, letter.id());
            verified(connection, caller, member, Way.POST, null);
            return true;
        });
        store.changed(member);
        return of(member);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Residence match(Caller caller, ResidentClaim claim) {
        long member = caller.requireMember();
        ResidentHashes list = Sql.read(dataSource, ResidentHashes::read)
                .orElseThrow(() -> new ConflictException("core.verification-way-closed"));
        Fields fields = new Fields();
        String name = Resident.name(fields.line("name", claim.name(), 1, ResidentClaim.MAX_NAME));
        Optional<String> birth = Optional.of("");
        Optional<String> postal = Optional.of("");
        if (list.birthDate()) {
            String typed = fields.line("birthDate", claim.birthDate(), 1, MAX_TYPED);
            birth = Resident.birthDate(typed);
            if (!typed.isEmpty() && birth.isEmpty()) {
                fields.add("birthDate", "core.birth-date", Map.of());
            }
        }
        if (list.postalCode()) {
            String typed = fields.line("postalCode", claim.postalCode(), 1, MAX_TYPED);
            postal = Resident.postalCode(typed);
            if (!typed.isEmpty() && postal.isEmpty()) {
                fields.add("postalCode", "core.postal-code", Map.of());
            }
        }
        fields.verify();
        count(member);
        String key = Resident.key(name, birth.orElse(""), postal.orElse(""));
        String hash = pepper.hash(list.salt(), key);
        Sql.write(dataSource, connection -> {
            try (PreparedStatement select = connection.prepareStatement("select 1 from core_resident where hash = ?")) {
                select.setString(1, hash);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        throw InvalidException.of("name", "core.verification-not-on-list");
                    }
                }
            }
            // not of this list's salt: whoever is on the next list too is still one person
            verified(connection, caller, member, Way.LIST, pepper.hash("resident", key));
            return true;
        });
        store.changed(member);
        return of(member);
    }

    /** Counted before it is made. */
    private void count(long member) {
        Instant now = clock.instant();
        Duration window = Duration.ofDays(1);
        boolean allowed = Sql.write(dataSource, connection -> {
            try (PreparedStatement old = connection.prepareStatement(
                    "delete from core_resident_try where member_id = ? and first_at <= ?")) {
                old.setLong(1, member);
                old.setTimestamp(2, Timestamp.from(now.minus(window)));
                old.executeUpdate();
            }
            try (PreparedStatement update =
                    connection.prepareStatement("update core_resident_try set tries = tries + 1 where member_id = ?")) {
                update.setLong(1, member);
                if (update.executeUpdate() == 0) {
                    try (PreparedStatement insert = connection.prepareStatement(
                            "insert into core_resident_try (member_id, tries, first_at) values (?, 1, ?)")) {
                        insert.setLong(1, member);
                        insert.setTimestamp(2, Timestamp.from(now));
                        insert.executeUpdate();
                    }
                    return true;
                }
            }
            try (PreparedStatement select =
                    connection.prepareStatement("select tries from core_resident_try where member_id = ?")) {
                select.setLong(1, member);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() && row.getInt(1) <= MAX_MATCHES;
                }
            }
        });
        if (!allowed) {
            throw new TooManyRequestsException("core.verification-matches", window);
        }
    }

    @Override
    public Residence vouch(long member, String issuer, String subject) {
        String proof = pepper.hash("identity", issuer + "|" + subject);
        Sql.write(dataSource, connection -> {
            try (PreparedStatement select = connection.prepareStatement("select 1 from core_member where id = ?")) {
                select.setLong(1, member);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        throw new NotFoundException();
                    }
                }
            }
            verified(
                    connection,
                    Caller.member(member, "", java.util.Set.of(), java.util.Locale.FRENCH),
                    member,
                    Way.SINGLE_SIGN_ON,
                    proof);
            return true;
        });
        store.changed(member);
        return of(member);
    }
}
