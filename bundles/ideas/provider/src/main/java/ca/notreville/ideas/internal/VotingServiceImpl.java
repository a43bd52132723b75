// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.event.EventPublisher;
import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.Vote;
import ca.notreville.ideas.api.VoteAct;
import ca.notreville.ideas.api.VotingService;
import ca.notreville.ideas.event.VoteCast;
import ca.notreville.ideas.event.VoteWithdrawn;
import ca.notreville.ideas.internal.jpa.VoteTable;
import ca.notreville.ideas.internal.jpa.VoteTable.Row;
import ca.notreville.ideas.internal.jpa.VoteTable.Standing;
import ca.notreville.ideas.internal.receipt.Entry;
import ca.notreville.ideas.internal.receipt.Receipt;
import ca.notreville.ideas.internal.receipt.Register;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Votes by plain SQL, one short transaction each. */
@Component
public final class VotingServiceImpl implements VotingService {

    private final DataSource dataSource;
    private final Clock clock;
    private final AccessControl access;
    private final EventPublisher events;
    private final Tallies tallies;
    private final Register register;

    private record Outcome(Vote vote, boolean changed) {}

    @Activate
    public VotingServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference EventPublisher events,
            @Reference Tallies tallies,
            @Reference Register register) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.access = access;
        this.events = events;
        this.tallies = tallies;
        this.register = register;
    }

    @Override
    public Vote cast(Caller caller, long idea, Choice choice) {
        access.require(caller, VOTE);
        long member = caller.requireMember();
        Outcome outcome = Sql.write(dataSource, new Casting(idea, member, choice, caller.atCounter()));
        if (outcome.changed) {
            tallies.changed(idea);
            events.publish(new VoteCast(idea, member, choice, outcome.vote.castAt()));
        }
        return outcome.vote;
    }

    /** Most votes are first votes: it is tried as one, and looked at closer only if it is none. */
    private final class Casting implements Sql.Work<Outcome> {

        private final long idea;
        private final long member;
        private final Choice choice;
        private final boolean atCounter;
        private boolean tried;

        Casting(long idea, long member, Choice choice, boolean atCounter) {
            this.idea = idea;
            this.member = member;
            this.choice = choice;
            this.atCounter = atCounter;
        }

        @Override
        public Outcome on(Connection connection) throws SQLException {
            Receipt receipt = register.receipt();
            Row row = new Row(choice, receipt.text(), now(), atCounter);
            if (!tried) {
                // if there is a vote already, the key refuses this one, and the transaction comes here again
                tried = true;
                if (VoteTable.insertIfOpen(connection, idea, member, row)) {
                    Register.cast(connection, receipt, subject(idea), choice.word());
                    return new Outcome(vote(idea, row), true);
                }
            }
            while (true) {
                Row so = open(connection, idea, member).vote().orElse(null);
                if (so == null) {
                    // withdrawn meanwhile
                    VoteTable.insert(connection, idea, member, row);
                    Register.cast(connection, receipt, subject(idea), choice.word());
                    return new Outcome(vote(idea, row), true);
                }
                if (so.choice() == choice) {
                    return new Outcome(vote(idea, so), false);
                }
                // not if it was changed or withdrawn since it was read: somebody else is through then
                if (VoteTable.update(connection, idea, member, so.receipt(), row)) {
                    Register.replace(
                            connection, receipt, VoteAct.CHANGED, so.receipt(), subject(idea), choice.word(), false);
                    return new Outcome(vote(idea, row), true);
                }
            }
        }
    }

    /** What the list calls an idea. */
    static String subject(long idea) {
        return IdeaService.KIND + ':' + idea;
    }

    @Override
    public Optional<String> withdraw(Caller caller, long idea) {
        access.require(caller, VOTE);
        long member = caller.requireMember();
        Optional<String> withdrawn = Sql.write(dataSource, connection -> {
            while (true) {
                Row so = open(connection, idea, member).vote().orElse(null);
                if (so == null) {
                    return Optional.empty();
                }
                if (VoteTable.delete(connection, idea, member, so.receipt())) {
                    Receipt receipt = register.receipt();
                    Register.replace(
                            connection, receipt, VoteAct.WITHDRAWN, so.receipt(), subject(idea), Entry.NOTHING, false);
                    return Optional.of(receipt.text());
                }
            }
        });
        if (withdrawn.isPresent()) {
            tallies.changed(idea);
            events.publish(new VoteWithdrawn(idea, member, now()));
        }
        return withdrawn;
    }

    @Override
    public Optional<Vote> find(Caller caller, long idea) {
        if (!caller.signedIn()) {
            return Optional.empty();
        }
        return Sql.write(dataSource, connection -> VoteTable.find(connection, idea, caller.memberId()))
                .flatMap(Standing::vote)
                .map(row -> vote(idea, row));
    }

    private static Standing open(Connection connection, long idea, long member) throws SQLException {
        VoteTable.share(connection, idea);
        Standing standing = VoteTable.find(connection, idea, member).orElseThrow(NotFoundException::new);
        LifeRules.requireOpen(standing.state());
        return standing;
    }

    private static Vote vote(long idea, Row row) {
        return new Vote(idea, row.choice(), row.receipt(), row.castAt(), row.atCounter());
    }

    /** To what every database keeps, so that the first answer equals the later ones. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
