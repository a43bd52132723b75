// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.privacy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.mail.Letter;
import ca.notreville.core.api.mail.Mailer;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.privacy.PrivacyService;
import ca.notreville.core.internal.document.Blobs;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Jobs;
import ca.notreville.persistence.api.Sql;
import ca.notreville.web.api.Messages;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

@Component
public final class PrivacyServiceImpl implements PrivacyService {

    static final String WISHED = "core.account-end";
    static final String KEPT = "core.account-keep";

    private static final String COLUMNS =
            "select id, state, steps, steps_done, bytes, requested_at, expires_at, sha256 from core_export";

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final MemberService members;
    private final AuditLog audit;
    private final Mailer mailer;
    private final Jobs jobs;
    private final Blobs blobs;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Messages messages;

    private record Row(Archive archive, @Nullable String sha256) {}

    @Activate
    public PrivacyServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference MemberService members,
            @Reference AuditLog audit,
            @Reference Mailer mailer,
            @Reference Jobs jobs,
            @Reference Blobs blobs) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.members = members;
        this.audit = audit;
        this.mailer = mailer;
        this.jobs = jobs;
        this.blobs = blobs;
    }

    /** For tests, which have no framework. */
    PrivacyServiceImpl with(Messages texts) {
        messages = texts;
        return this;
    }

    private static long person(Caller caller) {
        long member = caller.requireMember();
        if (caller.throughToken()) {
            throw new ForbiddenException();
        }
        return member;
    }

    @Override
    public Archive requestArchive(Caller caller) {
        long member = person(caller);
        Archive archive = Sql.write(dataSource, connection -> {
            // of two at once the second waits for the row of the member, and finds the archive of the first
            lock(connection, member);
            Optional<Row> latest = latest(connection, member);
            if (latest.isPresent() && latest.get().archive.running()) {
                return latest.get().archive;
            }
            Archive made = new Archive(ids.next(), "running", 1, 0, 0, now(), null);
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into core_export (id, member_id, state, steps, steps_done, bytes, requested_at)"
                            + " values (?, ?, 'running', 1, 0, 0, ?)")) {
                insert.setLong(1, made.id());
                insert.setLong(2, member);
                insert.setTimestamp(3, Timestamp.from(made.requestedAt()));
                insert.executeUpdate();
            }
            jobs.enqueue(connection, ArchiveJob.KIND, String.valueOf(made.id()));
            return made;
        });
        jobs.poke();
        return archive;
    }

    private static void lock(Connection connection, long member) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("update core_member set version = version + 1 where id = ?")) {
            lock.setLong(1, member);
            if (lock.executeUpdate() == 0) {
                throw new NotFoundException();
            }
        }
    }

    @Override
    public Optional<Archive> archive(Caller caller) {
        long member = person(caller);
        return Sql.read(dataSource, connection -> latest(connection, member)).map(Row::archive);
    }

    private static Optional<Row> latest(Connection connection, long member) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                COLUMNS + " where member_id = ? order by id desc fetch first 1 rows only")) {
            select.setLong(1, member);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Timestamp expires = row.getTimestamp(7);
                return Optional.of(new Row(
                        new Archive(
                                row.getLong(1),
                                row.getString(2),
                                row.getInt(3),
                                row.getInt(4),
                                row.getLong(5),
                                row.getTimestamp(6).toInstant(),
                                expires == null ? null : expires.toInstant()),
                        row.getString(8)));
            }
        }
    }

    @Override
    public InputStream openArchive(Caller caller) {
        long member = person(caller);
        Row row = Sql.read(dataSource, connection -> latest(connection, member))
                .filter(latest -> latest.archive.done())
                .orElseThrow(NotFoundException::new);
        String sha256 = row.sha256;
        if (sha256 == null) {
            throw new NotFoundException();
        }
        Instant expires = row.archive.expiresAt();
        if (expires != null && !expires.isAfter(clock.instant())) {
            throw new NotFoundException();
        }
        return blobs.open(sha256).orElseThrow(NotFoundException::new);
    }

    @Override
    public Erasure requestErasure(Caller caller) {
        long id = person(caller);
        Member member = members.find(id).orElseThrow(NotFoundException::new);
        Erasure erasure = Sql.write(dataSource, connection -> {
            Optional<Erasure> known = find(connection, id);
            if (known.isPresent()) {
                return known.get();
            }
            keepAdministrator(connection, id);
            Instant now = now();
            Erasure wished = new Erasure(now, now.plus(GRACE_DAYS, ChronoUnit.DAYS));
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into core_erasure (member_id, requested_at, due_at) values (?, ?, ?)")) {
                insert.setLong(1, id);
                insert.setTimestamp(2, Timestamp.from(wished.requestedAt()));
                insert.setTimestamp(3, Timestamp.from(wished.dueAt()));
                insert.executeUpdate();
            }
            audit.append(connection, caller, WISHED, "member:" + id, Map.of());
            post(connection, member, wished);
            return wished;
        });
        mailer.poke();
        return erasure;
    }

    /** Two administrators who go at once: the rows of all are locked, in one order, before they are counted. */
    private static void keepAdministrator(Connection connection, long leaving) throws SQLException {
        List<Long> others = new java.util.ArrayList<>();
        boolean administrator = false;
        try (PreparedStatement select = connection.prepareStatement(
                "select member_id from core_member_role where role = ? and limit_kind = ? order by member_id")) {
            select.setString(1, Role.ADMINISTRATOR.word());
            select.setString(2, Grant.Limit.TOWN.word());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    others.add(row.getLong(1));
                    administrator |= row.getLong(1) == leaving;
                }
            }
        }
        if (!administrator) {
            return;
        }
        boolean stays = false;
        for (long one : others) {
            lock(connection, one);
            stays |= one != leaving && find(connection, one).isEmpty();
        }
        if (!stays) {
            throw new ConflictException("core.last-administrator");
        }
    }

    private void post(Connection connection, Member member, Erasure erasure) throws SQLException {
        Messages texts = messages;
        if (texts == null) {
            return;
        }
        String date = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(member.language())
                .withZone(ZoneId.of("America/Toronto"))
                .format(erasure.dueAt());
        mailer.post(
                connection,
                new Letter(
                        "core.account-end:" + member.id() + ":"
                                + erasure.requestedAt().toEpochMilli(),
                        member.email(),
                        member.language(),
                        texts.text(member.language(), "core.privacy.letter.subject", Map.of()),
                        List.of(
                                texts.text(
                                        member.language(),
                                        "core.privacy.letter.hello",
                                        Map.of("name", member.displayName())),
                                texts.text(member.language(), "core.privacy.letter.when", Map.of("date", date)),
                                texts.text(member.language(), "core.privacy.letter.keep", Map.of())),
                        new Letter.Button(
                                texts.text(member.language(), "core.privacy.letter.button", Map.of()),
                                "/members/me/privacy"),
                        null));
    }

    @Override
    public void cancelErasure(Caller caller) {
        long member = person(caller);
        Sql.write(dataSource, connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from core_erasure where member_id = ? and closed_at is null")) {
                delete.setLong(1, member);
                if (delete.executeUpdate() > 0) {
                    audit.append(connection, caller, KEPT, "member:" + member, Map.of());
                }
            }
            return true;
        });
    }

    @Override
    public Optional<Erasure> erasure(Caller caller) {
        long member = person(caller);
        return Sql.read(dataSource, connection -> find(connection, member));
    }

    private static Optional<Erasure> find(Connection connection, long member) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select requested_at, due_at from core_erasure where member_id = ?")) {
            select.setLong(1, member);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Erasure(
                                row.getTimestamp(1).toInstant(),
                                row.getTimestamp(2).toInstant()))
                        : Optional.empty();
            }
        }
    }

    /** To what every database keeps. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
