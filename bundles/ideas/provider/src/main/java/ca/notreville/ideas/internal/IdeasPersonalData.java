// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.privacy.PersonalData;
import ca.notreville.ideas.internal.jpa.ConsultationTable;
import ca.notreville.ideas.internal.receipt.Receipt;
import ca.notreville.ideas.internal.jpa.MergeTable;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.PersonalColumns;
import ca.notreville.persistence.api.PersonalColumns.Column;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What is known here of a member. A vote stays a vote without the member: its row gets a number below zero that belongs to nobody
 * and to this vote only, so that not even the votes of one person can be put together again. Of its receipt the number of its line
 * in the public list stays, without the secret; of its time
 * the day is left, and not that it was entered at the counter, which few were.
 */
@Component
public final class IdeasPersonalData implements PersonalData {

    private static final int AT_ONCE = 200;

    static final PersonalColumns COLUMNS = PersonalColumns.of(
            Column.forgotten("ideas_idea", "author_id", "author_id = null, author_name = ''"),
            Column.deleted("ideas_draft", "member_id"),
            Column.kept("ideas_vote", "member_id", "each vote gets a number of its own"),
            Column.kept("ideas_ballot", "member_id", "each ballot gets a number of its own"),
            Column.forgotten("ideas_paper", "first_by", "first_by = 0"),
            Column.forgotten("ideas_paper", "second_by", "second_by = 0"),
            Column.forgotten("ideas_consultation", "started_by", "started_by = 0"),
            Column.kept("ideas_merge_vote", "member_id", "goes the way of the vote it became part of"),
            Column.forgotten("ideas_step", "moved_by", "moved_by = null"),
            Column.forgotten("ideas_merge", "merged_by", "merged_by = null"),
            Column.forgotten("ideas_merge", "undone_by", "undone_by = null"),
            Column.forgotten("ideas_import", "started_by", "started_by = 0"));

    private final DataSource dataSource;
    private final Ids ids;
    private final Cards cards;
    private final Outbox outbox;

    private record Cast(long idea, Timestamp at) {}

    @Activate
    public IdeasPersonalData(
            @Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Cards cards,
            @Reference Outbox outbox) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.cards = cards;
        this.outbox = outbox;
    }

    @Override
    public String module() {
        return "ideas";
    }

    @Override
    public Map<String, List<Map<String, Object>>> export(long member) {
        return Sql.read(dataSource, connection -> COLUMNS.export(connection, member));
    }

    @Override
    public long erase(long member) {
        List<Long> ideas = Sql.write(dataSource, connection -> {
            List<Long> written = ideas(connection, member);
            COLUMNS.erase(connection, member);
            for (long idea : written) {
                IdeaSearch.changed(outbox, connection, idea);
            }
            return written;
        });
        ideas.forEach(cards::changed);
        outbox.poke();
        boolean more = true;
        while (more) {
            more = Sql.write(dataSource, connection -> forgetSome(connection, member)) == AT_ONCE;
        }
        Sql.write(dataSource, connection -> ConsultationTable.forget(connection, member, ids));
        return Sql.read(
                dataSource,
                connection -> COLUMNS.remaining(connection, member)
                        + votes(connection, member, 1).size()
                        + ConsultationTable.cast(connection, member).size()
                        + MergeTable.remaining(connection, member));
    }

    private static List<Long> ideas(Connection connection, long member) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select id from ideas_idea where author_id = ?")) {
            select.setLong(1, member);
            List<Long> ideas = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ideas.add(row.getLong(1));
                }
            }
            return ideas;
        }
    }

    private static List<Cast> votes(Connection connection, long member, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select idea_id, cast_at from ideas_vote where member_id = ? fetch first " + most + " rows only")) {
            select.setLong(1, member);
            List<Cast> votes = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    votes.add(new Cast(row.getLong(1), row.getTimestamp(2)));
                }
            }
            return votes;
        }
    }

    /** @return how many votes were found */
    private int forgetSome(Connection connection, long member) throws SQLException {
        List<Cast> votes = votes(connection, member, AT_ONCE);
        try (PreparedStatement update = connection.prepareStatement(
                "update ideas_vote set member_id = ?, receipt = substr(receipt, 1, " + Receipt.WITHOUT_SECRET
                        + "), cast_at = ?, at_counter = 0" + " where idea_id = ? and member_id = ?")) {
            for (Cast vote : votes) {
                long nobody = -ids.next();
                MergeTable.forget(connection, member, vote.idea, nobody);
                update.setLong(1, nobody);
                update.setTimestamp(2, Timestamp.from(vote.at.toInstant().truncatedTo(ChronoUnit.DAYS)));
                update.setLong(3, vote.idea);
                update.setLong(4, member);
                update.executeUpdate();
            }
        }
        if (votes.size() < AT_ONCE) {
            // what is left was written down of votes that were taken back since
            MergeTable.forget(connection, member);
        }
        return votes.size();
    }
}
