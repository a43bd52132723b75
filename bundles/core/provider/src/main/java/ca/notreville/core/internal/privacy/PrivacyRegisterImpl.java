// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.privacy;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.privacy.PrivacyRegister;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class PrivacyRegisterImpl implements PrivacyRegister {

    static final String RECORDED = "core.incident-record";

    private static final int MAX_PERSONS = 10_000_000;
    private static final Duration SAME_LOOK = Duration.ofHours(1);

    private static final String COLUMNS =
            "select id, happened_on, noticed_on, circumstances, information, persons, serious, assessment, measures,"
                    + " authority_told_on, persons_told_on, recorded_by, recorded_at from core_incident";

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final AuditLog audit;

    @Activate
    public PrivacyRegisterImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference AuditLog audit) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
    }

    @Override
    public void seen(Caller caller, long member, String what) {
        if (caller.memberId() == member) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Sql.write(dataSource, connection -> {
            if (!seenSince(connection, caller.memberId(), member, what, now.minus(SAME_LOOK))) {
                try (PreparedStatement insert = connection.prepareStatement(
                        "insert into core_personal_access (id, actor_id, member_id, what, seen_at) values (?, ?, ?, ?, ?)")) {
                    insert.setLong(1, ids.next());
                    insert.setLong(2, caller.memberId());
                    insert.setLong(3, member);
                    insert.setString(4, what);
                    insert.setTimestamp(5, Timestamp.from(now));
                    insert.executeUpdate();
                }
            }
            return true;
        });
    }

    private static boolean seenSince(Connection connection, long actor, long member, String what, Instant since)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select 1 from core_personal_access"
                + " where member_id = ? and actor_id = ? and what = ? and seen_at > ? fetch first 1 rows only")) {
            select.setLong(1, member);
            select.setLong(2, actor);
            select.setString(3, what);
            select.setTimestamp(4, Timestamp.from(since));
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    @Override
    public Slice<Access> accesses(Caller caller, @Nullable Long member, Paging paging) {
        access.require(caller, REGISTER);
        List<Access> read = Sql.read(dataSource, connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select id, actor_id, member_id, what, seen_at from core_personal_access where id < ?"
                            + (member == null ? "" : " and member_id = ?") + last(paging))) {
                select.setLong(1, before(paging));
                if (member != null) {
                    select.setLong(2, member);
                }
                List<Access> accesses = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        accesses.add(new Access(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getString(4),
                                row.getTimestamp(5).toInstant()));
                    }
                }
                return accesses;
            }
        });
        return paging.slice(read, one -> Paging.cursor(one.id()));
    }

    private static long before(Paging paging) {
        return paging.after().isEmpty() ? Long.MAX_VALUE : paging.after().get(0);
    }

    private static String last(Paging paging) {
        return " order by id desc fetch first " + (paging.limit() + 1) + " rows only";
    }

    @Override
    public Slice<Incident> incidents(Caller caller, Paging paging) {
        access.require(caller, REGISTER);
        List<Incident> read = Sql.read(dataSource, connection -> {
            try (PreparedStatement select = connection.prepareStatement(COLUMNS + " where id < ?" + last(paging))) {
                select.setLong(1, before(paging));
                return incidents(select);
            }
        });
        return paging.slice(read, incident -> Paging.cursor(incident.id()));
    }

    @Override
    public Incident incident(Caller caller, long id) {
        access.require(caller, REGISTER);
        return Sql.read(dataSource, connection -> {
                    try (PreparedStatement select = connection.prepareStatement(COLUMNS + " where id = ?")) {
                        select.setLong(1, id);
                        return incidents(select);
                    }
                })
                .stream()
                .findFirst()
                .orElseThrow(NotFoundException::new);
    }

    private static List<Incident> incidents(PreparedStatement select) throws SQLException {
        List<Incident> incidents = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                incidents.add(new Incident(
                        row.getLong(1),
                        row.getDate(2).toLocalDate(),
                        row.getDate(3).toLocalDate(),
                        row.getString(4),
                        row.getString(5),
                        row.getInt(6),
                        row.getInt(7) == 1,
                        row.getString(8),
                        row.getString(9),
                        day(row.getDate(10)),
                        day(row.getDate(11)),
                        row.getLong(12),
                        row.getTimestamp(13).toInstant()));
            }
        }
        return incidents;
    }

    private static @Nullable LocalDate day(@Nullable Date date) {
        return date == null ? null : date.toLocalDate();
    }

    @Override
    public Incident record(Caller caller, long id, IncidentDraft draft) {
        access.require(caller, REGISTER);
        // tomorrow in UTC is today somewhere
        LocalDate last = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Fields fields = new Fields();
        LocalDate happened = day(fields, "happenedOn", draft.happenedOn(), true, last);
        LocalDate noticed = day(fields, "noticedOn", draft.noticedOn(), true, last);
        if (happened != null && noticed != null && noticed.isBefore(happened)) {
            fields.add("noticedOn", "core.day-before", Map.of());
        }
        String circumstances = fields.text("circumstances", draft.circumstances(), 1, MAX_TEXT);
        String information = fields.text("information", draft.information(), 1, MAX_INFORMATION);
        int persons = persons(fields, draft.persons());
        String assessment = fields.text("assessment", draft.assessment(), 0, MAX_TEXT);
        String measures = fields.text("measures", draft.measures(), 0, MAX_TEXT);
        LocalDate authority = day(fields, "authorityToldOn", draft.authorityToldOn(), false, last);
        LocalDate told = day(fields, "personsToldOn", draft.personsToldOn(), false, last);
        fields.verify();
        long number = id == 0 ? ids.next() : id;
        Incident incident = new Incident(
                number,
                Objects.requireNonNull(happened),
                Objects.requireNonNull(noticed),
                circumstances,
                information,
                persons,
                draft.serious(),
                assessment,
                measures,
                authority,
                told,
                caller.memberId(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        Sql.write(dataSource, connection -> {
            write(connection, incident, id == 0);
            audit.append(
                    connection,
                    caller,
                    RECORDED,
                    "incident:" + number,
                    Map.of("persons", String.valueOf(persons), "serious", String.valueOf(draft.serious())));
            return true;
        });
        return incident(caller, number);
    }

    private static @Nullable LocalDate day(
            Fields fields, String field, @Nullable String text, boolean required, LocalDate last) {
        String value = fields.line(field, text, required ? 1 : 0, 10);
        if (value.isEmpty()) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(value);
            if (day.isAfter(last) || day.getYear() < 2000) {
                fields.add(field, "core.day-out-of-range", Map.of());
            }
            return day;
        } catch (DateTimeParseException e) {
            fields.add(field, "core.day-unknown", Map.of());
            return null;
        }
    }

    private static int persons(Fields fields, @Nullable String text) {
        String value = fields.line("persons", text, 1, 12);
        if (value.matches("[0-9]{1,8}") && Integer.parseInt(value) <= MAX_PERSONS) {
            return Integer.parseInt(value);
        }
        if (!value.isEmpty()) {
            fields.add("persons", "core.number-out-of-range", Map.of("min", 0, "max", MAX_PERSONS));
        }
        return 0;
    }

    private static void write(Connection connection, Incident incident, boolean isNew) throws SQLException {
        String sql = isNew
                ? "insert into core_incident (happened_on, noticed_on, circumstances, information, persons, serious,"
                        + " assessment, measures, authority_told_on, persons_told_on, recorded_by, recorded_at, id, version)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
                : "update core_incident set happened_on = ?, noticed_on = ?, circumstances = ?, information = ?,"
                        + " persons = ?, serious = ?, assessment = ?, measures = ?, authority_told_on = ?,"
                        + " persons_told_on = ?, version = version + 1 where id = ?";
        try (PreparedStatement write = connection.prepareStatement(sql)) {
            write.setDate(1, Date.valueOf(incident.happenedOn()));
            write.setDate(2, Date.valueOf(incident.noticedOn()));
            write.setString(3, incident.circumstances());
            write.setString(4, incident.information());
            write.setInt(5, incident.persons());
            write.setInt(6, incident.serious() ? 1 : 0);
            write.setString(7, incident.assessment());
            write.setString(8, incident.measures());
            write.setDate(9, date(incident.authorityToldOn()));
            write.setDate(10, date(incident.personsToldOn()));
            if (isNew) {
                write.setLong(11, incident.recordedBy());
                write.setTimestamp(12, Timestamp.from(incident.recordedAt()));
                write.setLong(13, incident.id());
            } else {
                write.setLong(11, incident.id());
            }
            if (write.executeUpdate() == 0) {
                throw new NotFoundException();
            }
        }
    }

    private static @Nullable Date date(@Nullable LocalDate day) {
        return day == null ? null : Date.valueOf(day);
    }
}
