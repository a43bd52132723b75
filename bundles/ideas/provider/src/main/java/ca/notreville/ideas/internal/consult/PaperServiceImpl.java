// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.consult;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.ideas.api.Consultation;
import ca.notreville.ideas.api.Consultation.Phase;
import ca.notreville.ideas.api.PaperService;
import ca.notreville.ideas.internal.jpa.ConsultationTable;
import ca.notreville.ideas.internal.jpa.PaperTable;
import ca.notreville.ideas.internal.jpa.PaperTable.Row;
import ca.notreville.ideas.internal.receipt.Receipt;
import ca.notreville.ideas.internal.receipt.Register;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Ballots on paper by plain SQL; of two clerks who enter one at once the second finds what the first wrote. */
@Component
public final class PaperServiceImpl implements PaperService {

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final AuditLog audit;
    private final ConsultationServiceImpl consultations;
    private final Register register;

    @Activate
    public PaperServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference AuditLog audit,
            @Reference ConsultationServiceImpl consultations,
            @Reference Register register) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.consultations = consultations;
        this.register = register;
    }

    @Override
    public Paper enter(Caller caller, long id, @Nullable String typed, Map<Integer, Integer> values) {
        access.require(caller, ENTER);
        long clerk = caller.requireMember();
        Fields fields = new Fields();
        String number = fields.line("number", typed, 1, MAX_NUMBER).toUpperCase(Locale.ROOT);
        if (!number.isEmpty() && !number.matches("[A-Z0-9-]+")) {
            fields.add("number", "ideas.paper-number", Map.of());
        }
        fields.verify();
        Consultation consultation = consultations.get(id);
        requireInTime(consultation);
        String content = Content.of(consultations.accepted(consultation, values));
        Paper entered = Sql.write(dataSource, connection -> {
            while (true) {
                Row so = PaperTable.find(connection, id, number).orElse(null);
                if (so == null) {
                    Row once = new Row(1, State.ONCE, clerk, content, 0, null, "");
                    PaperTable.insert(connection, id, number, once);
                    return new Paper(number, State.ONCE, "");
                }
                if (so.state() == State.AGREED) {
                    throw new ConflictException("ideas.paper-agreed");
                }
                Row next = next(so, clerk, content);
                if (PaperTable.update(connection, id, number, next)) {
                    if (next.state() == State.AGREED) {
                        count(connection, caller, consultation, number, next);
                    }
                    return new Paper(number, next.state(), next.receipt());
                }
            }
        });
        consultations.changed(id);
        return entered;
    }

    private Row next(Row so, long clerk, String content) {
        boolean first = so.firstBy() == clerk;
        if (so.secondBy() != 0 && !first && so.secondBy() != clerk) {
            // a third one takes the place of the second, so that somebody can always settle it
            return row(so, so.firstBy(), so.first(), clerk, content);
        }
        return first
                ? row(so, clerk, content, so.secondBy(), so.second())
                : row(so, so.firstBy(), so.first(), clerk, content);
    }

    private Row row(Row so, long firstBy, String first, long secondBy, @Nullable String second) {
        State state = second == null ? State.ONCE : first.equals(second) ? State.AGREED : State.DIFFERENT;
        String receipt = state == State.AGREED ? register.receipt().text() : "";
        return new Row(so.version() + 1, state, firstBy, first, secondBy, second, receipt);
    }

    private void count(Connection connection, Caller caller, Consultation consultation, String number, Row paper)
            throws SQLException {
        Receipt receipt = Receipt.parse(paper.receipt()).orElseThrow();
        ConsultationTable.insertBallot(
                connection,
                consultation.id(),
                -ids.next(),
                new ConsultationTable.Row(
                        paper.first(), paper.receipt(), clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                Optional.empty());
        String subject = ConsultationServiceImpl.subject(consultation.id());
        Register.cast(connection, receipt, subject, paper.first(), consultation.hidden() && !closed(consultation));
        audit.append(
                connection,
                caller,
                "ideas.paper-counted",
                subject,
                Map.of(
                        "number",
                        number,
                        "first",
                        String.valueOf(paper.firstBy()),
                        "second",
                        String.valueOf(paper.secondBy())));
    }

    private static boolean closed(Consultation consultation) {
        return consultation.phase() == Phase.CLOSED;
    }

    private void requireInTime(Consultation consultation) {
        if (consultation.phase() == Phase.COMING) {
            throw new ConflictException("ideas.consultation-coming");
        }
        if (clock.instant().isAfter(consultation.closesAt().plus(Duration.ofDays(DAYS)))) {
            throw new ConflictException("ideas.paper-late", Map.of("days", DAYS));
        }
    }

    @Override
    public List<Paper> open(Caller caller, long id) {
        access.require(caller, ENTER);
        return Sql.read(dataSource, connection -> PaperTable.open(connection, id, MOST));
    }

    @Override
    public int agreed(Caller caller, long id) {
        access.require(caller, ENTER);
        return Sql.read(dataSource, connection -> PaperTable.agreed(connection, id));
    }
}
