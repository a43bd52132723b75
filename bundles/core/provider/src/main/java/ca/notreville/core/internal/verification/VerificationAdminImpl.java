// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.verification;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.PermissionTable;
import ca.notreville.core.api.access.RoleService;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.privacy.PrivacyRegister;
import ca.notreville.core.api.verification.Residence;
import ca.notreville.core.api.verification.Residence.Level;
import ca.notreville.core.api.verification.Residence.Way;
import ca.notreville.core.api.verification.VerificationAdmin;
import ca.notreville.core.api.verification.VerificationService;
import ca.notreville.core.internal.access.AccessControlImpl;
import ca.notreville.core.internal.access.ResidenceStore;
import ca.notreville.core.internal.paper.LetterSheet;
import ca.notreville.core.internal.paper.Papers;
import ca.notreville.persistence.api.Sql;
import java.io.InputStream;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class VerificationAdminImpl implements VerificationAdmin {

    static final String REVOKED = "core.residence-revoked";
    static final String PRINTED = "core.residence-letters";
    static final String LIST = "core.resident-list";

    /** What the register of looks calls the names and addresses on letters. */
    private static final String ADDRESS = "address";

    private static final int MAX_MONTHS = 120;
    private static final int SALT_BYTES = 16;
    private static final int BATCH = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The acts by which rules are changed: whoever lost them could not give them back. */
    private static final Set<String> OPEN = Set.of(RULES, VERIFY, PermissionTable.PERMISSIONS, RoleService.ROLES);

    private final DataSource dataSource;
    private final Clock clock;
    private final AccessControl access;
    private final AccessControlImpl actions;
    private final ResidenceStore store;
    private final Pepper pepper;
    private final Papers papers;
    private final AuditLog audit;
    private final PrivacyRegister register;

    @Activate
    public VerificationAdminImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Clock clock,
            @Reference AccessControlImpl access,
            @Reference ResidenceStore store,
            @Reference Pepper pepper,
            @Reference Papers papers,
            @Reference AuditLog audit,
            @Reference PrivacyRegister register) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.access = access;
        this.actions = access;
        this.store = store;
        this.pepper = pepper;
        this.papers = papers;
        this.audit = audit;
        this.register = register;
    }

    @Override
    public Residence verify(Caller caller, long member) {
        access.require(caller, VERIFY);
        Sql.write(dataSource, connection -> {
            requireMember(connection, member);
            Instant now = clock.instant();
            ResidenceRows.write(
                    connection,
                    member,
                    Level.VERIFIED.word(),
                    Way.COUNTER.word(),
                    now,
                    ResidenceRows.until(connection, now),
                    caller.memberId(),
                    null);
            audit.append(
                    connection,
                    caller,
                    VerificationServiceImpl.VERIFIED,
                    "member:" + member,
                    Map.of("way", Way.COUNTER.word()));
            return true;
        });
        store.changed(member);
        return store.of(member);
    }

    private static void requireMember(Connection connection, long member) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select 1 from core_member where id = ?")) {
            select.setLong(1, member);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new NotFoundException();
                }
            }
        }
    }

    @Override
    public void revoke(Caller caller, long member, String reason) {
        access.require(caller, VERIFY);
        Fields fields = new Fields();
        String why = fields.line("reason", reason, 1, MAX_REASON);
        fields.verify();
        Sql.write(dataSource, connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from core_residence where member_id = ?")) {
                delete.setLong(1, member);
                if (delete.executeUpdate() > 0) {
                    audit.append(connection, caller, REVOKED, "member:" + member, Map.of("reason", why));
                }
            }
            return true;
        });
        store.changed(member);
    }

    @Override
    public List<WaitingLetter> waiting(Caller caller) {
        access.require(caller, VERIFY);
        return Sql.read(dataSource, connection -> Letters.waiting(connection, MAX_PRINTED)).stream()
                .map(row -> {
                    register.seen(caller, row.member(), ADDRESS);
                    var address = Objects.requireNonNull(row.address());
                    return new WaitingLetter(
                            row.id(),
                            row.member(),
                            Objects.requireNonNullElse(address.name(), ""),
                            address.city() + " " + address.postalCode(),
                            row.requestedAt());
                })
                .toList();
    }

    @Override
    public byte[] print(Caller caller, List<Long> letters) {
        access.require(caller, VERIFY);
        Instant now = clock.instant();
        Instant until = now.plus(Duration.ofDays(VerificationService.CODE_DAYS));
        return Sql.write(dataSource, connection -> {
            List<LetterSheet> sheets = new ArrayList<>();
            for (long id : letters.stream().distinct().limit(MAX_PRINTED).toList()) {
                Optional<Letters.Row> row = Letters.find(connection, id);
                if (row.isEmpty()) {
                    continue;
                }
                String code = Letters.newCode();
                try (PreparedStatement update = connection.prepareStatement("update core_residence_letter"
                        + " set code_hash = ?, tries = 0, printed_at = ?, good_until = ? where id = ?")) {
                    update.setString(1, Letters.hash(pepper, id, code));
                    update.setTimestamp(2, Timestamp.from(now));
                    update.setTimestamp(3, Timestamp.from(until));
                    update.setLong(4, id);
                    update.executeUpdate();
                }
                sheets.add(new LetterSheet(
                        Objects.requireNonNull(row.get().address()), row.get().language(), code, now, until));
            }
            if (sheets.isEmpty()) {
                throw new NotFoundException();
            }
            audit.append(connection, caller, PRINTED, "letters", Map.of("letters", String.valueOf(sheets.size())));
            return papers.letters(sheets);
        });
    }

    @Override
    public ResidentList importList(Caller caller, InputStream csv) {
        access.require(caller, VERIFY);
        byte[] random = new byte[SALT_BYTES];
        RANDOM.nextBytes(random);
        String salt = HexFormat.of().formatHex(random);
        ListReader.Result read = ListReader.read(csv, key -> pepper.hash(salt, key));
        String lines = read.refusedLines().isEmpty()
                ? "-"
                : read.refusedLines().stream().map(String::valueOf).collect(Collectors.joining(" "));
        Sql.write(dataSource, connection -> {
            clear(connection);
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into core_resident_list (id, salt, imported_at, people, refused, refused_lines, birth_date,"
                            + " postal_code) values (1, ?, ?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, salt);
                insert.setTimestamp(2, Timestamp.from(clock.instant()));
                insert.setInt(3, read.hashes().size());
                insert.setInt(4, read.refused());
                insert.setString(5, lines);
                insert.setInt(6, read.birthDate() ? 1 : 0);
                insert.setInt(7, read.postalCode() ? 1 : 0);
                insert.executeUpdate();
            }
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into core_resident (hash) values (?)")) {
                int waiting = 0;
                // in their own order, so that their place tells nothing of the list's
                for (String hash : read.hashes().stream().sorted().toList()) {
                    insert.setString(1, hash);
                    insert.addBatch();
                    if (++waiting % BATCH == 0) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
            }
            audit.append(
                    connection,
                    caller,
                    LIST,
                    "residents",
                    Map.of("people", String.valueOf(read.hashes().size()), "refused", String.valueOf(read.refused())));
            return true;
        });
        return Objects.requireNonNull(list(caller));
    }

    private static void clear(Connection connection) throws SQLException {
        for (String table : List.of("core_resident", "core_resident_list")) {
            try (PreparedStatement delete = connection.prepareStatement("delete from " + table)) {
                delete.executeUpdate();
            }
        }
    }

    @Override
    public void dropList(Caller caller) {
        access.require(caller, VERIFY);
        Sql.write(dataSource, connection -> {
            clear(connection);
            audit.append(connection, caller, LIST, "residents", Map.of("people", "0"));
            return true;
        });
    }

    @Override
    public @Nullable ResidentList list(Caller caller) {
        access.require(caller, VERIFY);
        return Sql.read(dataSource, ResidentHashes::read)
                .map(list -> new ResidentList(
                        list.importedAt(),
                        list.people(),
                        list.refused(),
                        list.refusedLines(),
                        list.birthDate(),
                        list.postalCode()))
                .orElse(null);
    }

    @Override
    public Map<String, Level> rules(Caller caller) {
        access.require(caller, RULES);
        Map<String, Level> decided = store.rules();
        Map<String, Level> all = new LinkedHashMap<>();
        for (String action : actions.actionIds()) {
            if (!OPEN.contains(action)) {
                all.put(action, decided.getOrDefault(action, Level.NONE));
            }
        }
        return all;
    }

    @Override
    public void require(Caller caller, String action, Level level) {
        access.require(caller, RULES);
        if (!actions.actionIds().contains(action)) {
            throw new NotFoundException();
        }
        if (OPEN.contains(action)) {
            throw new ConflictException("core.verification-locks-out");
        }
        Sql.write(dataSource, connection -> {
            Level before = Level.NONE;
            try (PreparedStatement select =
                    connection.prepareStatement("select level_word from core_residence_rule where action = ?")) {
                select.setString(1, action);
                try (ResultSet row = select.executeQuery()) {
                    if (row.next()) {
                        before = Level.of(row.getString(1)).orElseThrow();
                    }
                }
            }
            if (before == level) {
                return true;
            }
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from core_residence_rule where action = ?")) {
                delete.setString(1, action);
                delete.executeUpdate();
            }
            if (level != Level.NONE) {
                try (PreparedStatement insert = connection.prepareStatement(
                        "insert into core_residence_rule (action, level_word, decided_by, decided_at) values (?, ?, ?, ?)")) {
                    insert.setString(1, action);
                    insert.setString(2, level.word());
                    insert.setLong(3, caller.memberId());
                    insert.setTimestamp(4, Timestamp.from(clock.instant()));
                    insert.executeUpdate();
                }
            }
            audit.append(
                    connection,
                    caller,
                    RULES,
                    "action:" + action,
                    Map.of("before", before.word(), "after", level.word()));
            return true;
        });
        store.rulesChanged();
    }

    @Override
    public VerificationAdmin.Settings settings(Caller caller) {
        access.require(caller, RULES);
        return Sql.read(dataSource, ResidenceRows::read);
    }

    @Override
    public void set(Caller caller, VerificationAdmin.Settings settings) {
        access.require(caller, RULES);
        Fields fields = new Fields();
        String counter = fields.text("counter", settings.counter(), 0, MAX_COUNTER);
        if (settings.validMonths() < 0 || settings.validMonths() > MAX_MONTHS) {
            fields.add("validMonths", "core.verification-months", Map.of("max", MAX_MONTHS));
        }
        fields.verify();
        Sql.write(dataSource, connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from core_residence_setting")) {
                delete.executeUpdate();
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into core_residence_setting (id, post, valid_months, counter_text) values (1, ?, ?, ?)")) {
                insert.setInt(1, settings.post() ? 1 : 0);
                insert.setInt(2, settings.validMonths());
                insert.setString(3, counter);
                insert.executeUpdate();
            }
            audit.append(
                    connection,
                    caller,
                    RULES,
                    "verification",
                    Map.of("post", String.valueOf(settings.post()), "months", String.valueOf(settings.validMonths())));
            return true;
        });
    }
}
