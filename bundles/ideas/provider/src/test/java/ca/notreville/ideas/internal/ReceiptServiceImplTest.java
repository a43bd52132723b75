// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.VoteAct;
import ca.notreville.ideas.api.VoteReceipt;
import ca.notreville.ideas.api.VoteSeal;
import ca.notreville.ideas.internal.receipt.Receipt;
import ca.notreville.ideas.internal.receipt.ReceiptAudit;
import ca.notreville.ideas.internal.receipt.ReceiptServiceImpl;
import ca.notreville.ideas.internal.receipt.Register;
import ca.notreville.ideas.internal.receipt.Sealing;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class ReceiptServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("ideas");

    private IdeasFixture ideas;
    private ReceiptServiceImpl receipts;
    private ReceiptAudit audit;
    private Sealing sealing;

    @BeforeEach
    void start() throws Exception {
        for (String table : List.of(
                "ideas_fold",
                "ideas_vote",
                "ideas_receipt_change",
                "ideas_receipt",
                "ideas_seal",
                "ideas_listing",
                "ideas_idea")) {
            database.execute("delete from " + table);
        }
        ideas = new IdeasFixture(database);
        receipts = new ReceiptServiceImpl(database.dataSource());
        audit = new ReceiptAudit(database.dataSource());
        sealing = new Sealing(database.dataSource(), ideas.clock);
    }

    @AfterEach
    void stop() throws Exception {
        ideas.close();
    }

    @Test
    void aReceiptIsKnownAtOnceAndSaysThatItWaitsForItsSeal() {
        long idea = ideas.published("Un banc");
        String receipt = cast(1, idea, Choice.FOR);

        VoteReceipt waiting = receipts.check(receipt.toLowerCase(Locale.ROOT).replace("-", " "));
        assertThat(waiting.receipt()).isEqualTo(receipt);
        assertThat(waiting.subject()).isEqualTo("idea:" + idea);
        assertThat(waiting.content()).isEqualTo("for");
        assertThat(waiting.act()).isEqualTo(VoteAct.CAST);
        assertThat(waiting.seal()).isNull();
        assertThat(waiting.replacedBy()).isNull();

        ideas.clock.advance(Duration.ofSeconds(30));
        sealing.seal();

        VoteReceipt sealed = receipts.check(receipt);
        assertThat(sealed.entry()).isEqualTo(1);
        assertThat(sealed.seal()).isEqualTo(receipts.latest().orElseThrow());
        assertThat(receipts.latest()).map(VoteSeal::sealedAt).contains(ideas.clock.instant());
        assertThat(export()).contains("entry;1;idea:" + idea + ";cast;for;" + sealed.code() + ";-");
    }

    @Test
    void aChangedVoteAndOneThatIsTakenBackTakeThePlaceOfTheEarlier() {
        long idea = ideas.published("Un banc");
        String first = cast(1, idea, Choice.FOR);
        sealing.seal();
        String changed = cast(1, idea, Choice.AGAINST);
        String withdrawn = ideas.votes.withdraw(member(1), idea).orElseThrow();
        assertThat(ideas.votes.withdraw(member(1), idea)).isEmpty();
        String again = cast(1, idea, Choice.NEUTRAL);
        sealing.seal();

        assertThat(receipts.check(first).replacedBy()).isEqualTo(VoteAct.CHANGED);
        assertThat(receipts.check(changed).act()).isEqualTo(VoteAct.CHANGED);
        assertThat(receipts.check(changed).replacedBy()).isEqualTo(VoteAct.WITHDRAWN);
        assertThat(receipts.check(withdrawn).act()).isEqualTo(VoteAct.WITHDRAWN);
        assertThat(receipts.check(withdrawn).content()).isEqualTo("-");
        assertThat(receipts.check(again).act()).isEqualTo(VoteAct.CAST);
        assertThat(receipts.check(again).replacedBy()).isNull();
        String replaced = receipts.check(first).code();
        assertThat(export()).anyMatch(line -> line.contains(";changed;against;") && line.endsWith(';' + replaced));
        assertThat(audit.audit()).isEqualTo(new ReceiptAudit.Finding(4, 0, List.of()));
    }

    @Test
    void whatIsNoReceiptOrNotInTheListIsRefusedAtItsField() {
        String receipt = cast(1, ideas.published("Un banc"), Choice.FOR);
        char last = receipt.charAt(receipt.length() - 1);
        String other = receipt.substring(0, receipt.length() - 1) + (last == '0' ? '1' : '0');

        assertThatThrownBy(() -> receipts.check(null)).hasMessageContaining("required");
        assertThatThrownBy(() -> receipts.check("bonjour")).hasMessageContaining("ideas.receipt-form");
        assertThatThrownBy(() -> receipts.check(other))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining("ideas.receipt-unknown");
        assertThatThrownBy(() -> receipts.check("7ZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ"))
                .hasMessageContaining("ideas.receipt-unknown");
    }

    @Test
    void theListHoldsNoNameNoMomentAndNoReceipt() throws IOException {
        long idea = ideas.published("Un banc");
        String receipt = cast(987_654_321, idea, Choice.FOR);
        sealing.seal();

        assertThat(String.join("\n", export())).doesNotContain("987654321", receipt, receipt.substring(15));
        assertThat(database.number("select count(*) from ideas_receipt")).isEqualTo(1);
    }

    @Test
    void nodesThatSealAtTheSameTimeWhilePeopleVoteMakeOneChain() throws Exception {
        List<Long> some = List.of(ideas.published("Un"), ideas.published("Deux"));
        Sealing other = new Sealing(database.dataSource(), ideas.clock);

        AtOnce.run(10, thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < 20; i++) {
                long idea = some.get(random.nextInt(2));
                Caller caller = member(1 + random.nextInt(6));
                if (thread < 2) {
                    (thread == 0 ? sealing : other).seal();
                } else if (random.nextInt(4) == 0) {
                    ideas.votes.withdraw(caller, idea);
                } else {
                    ideas.votes.cast(caller, idea, Choice.values()[random.nextInt(3)]);
                }
            }
            return thread;
        });
        sealing.seal();

        long all = database.number("select count(*) from ideas_receipt");
        assertThat(audit.audit()).isEqualTo(new ReceiptAudit.Finding(all, 0, List.of()));
        List<String> list = export();
        assertThat(list.get(list.size() - 1)).startsWith("end;" + all + ';');
    }

    @Test
    void oneReceiptIsReplacedOnceOfManyWhoChangeTheSameVoteAtOnce() {
        long idea = ideas.published("Un banc");
        cast(1, idea, Choice.FOR);

        AtOnce.run(
                20,
                i -> ideas.votes.cast(member(1), idea, Choice.values()[i % 3]).choice());

        long entries = database.number("select count(*) from ideas_receipt");
        assertThat(database.number("select count(*) from ideas_receipt_change")).isEqualTo(entries - 1);
        assertThat(audit.audit().wrong()).isEmpty();
    }

    @Test
    void manyEntriesAreUnderSeveralSealsOfWhichEachGoesOnFromTheLast() {
        long idea = ideas.published("Un banc");
        for (int i = 1; i <= 25; i++) {
            cast(i, idea, i % 2 == 0 ? Choice.FOR : Choice.AGAINST);
            if (i % 5 == 0) {
                sealing.seal();
            }
        }

        Slice<VoteSeal> first = receipts.seals(Paging.first(2));
        assertThat(first.items()).extracting(VoteSeal::number).containsExactly(5L, 4L);
        assertThat(first.items()).extracting(VoteSeal::entries).containsExactly(25L, 20L);
        Slice<VoteSeal> rest = receipts.seals(Paging.of("3", first.next(), 1));
        assertThat(rest.items()).extracting(VoteSeal::number).containsExactly(3L, 2L, 1L);
        assertThat(rest.next()).isNull();
        assertThat(new HashSet<>(first.items())).doesNotContainAnyElementsOf(rest.items());
        sealing.seal();
        assertThat(receipts.latest().orElseThrow().number())
                .as("nothing new, no seal")
                .isEqualTo(5);
    }

    @Test
    void aVoteThatIsChangedInTheDatabaseShowsInTheAudit() {
        long idea = ideas.published("Un banc");
        cast(1, idea, Choice.FOR);
        cast(2, idea, Choice.FOR);
        sealing.seal();

        database.execute("update ideas_vote set choice = 'against' where member_id = 1");
        assertThat(audit.audit().wrong()).hasSize(2);
        database.execute("update ideas_receipt set content = 'against' where id = (select min(id) from ideas_receipt)");
        assertThat(audit.audit().wrong()).containsExactly("seal 1: its root does not follow from the list");
    }

    @Test
    void anEntryThatWasCommittedLateIsSealedToo() {
        long idea = ideas.published("Un banc");
        cast(1, idea, Choice.FOR);
        cast(2, idea, Choice.FOR);
        database.execute("update ideas_receipt set seal = 99 where id = (select min(id) from ideas_receipt)");
        sealing.seal();
        database.execute("update ideas_receipt set seal = null where seal = 99");

        sealing.seal();

        assertThat(audit.audit()).isEqualTo(new ReceiptAudit.Finding(2, 0, List.of()));
    }

    /** Two ideas are united: one vote goes along, another is that of somebody who voted on both. */
    @Test
    void votesThatGoAlongWithAnIdeaKeepTheirReceiptsAndEveryTotalFollowsFromTheList() throws Exception {
        long source = ideas.published("Un banc");
        long target = ideas.published("Des bancs");
        String alone = cast(1, source, Choice.FOR);
        String both = cast(2, source, Choice.FOR);
        String there = cast(2, target, Choice.AGAINST);
        sealing.seal();
        try (Connection connection = database.dataSource().getConnection()) {
            Register.move(connection, ideas.ids::next, alone, "idea:" + target, "for");
            Register.drop(connection, ideas.ids::next, both);
        }
        database.execute("update ideas_vote set idea_id = " + target + " where member_id = 1 and idea_id = " + source);
        database.execute("delete from ideas_vote where member_id = 2 and idea_id = " + source);

        assertThat(audit.audit().wrong()).isEmpty();
        assertThat(receipts.check(alone).subject()).isEqualTo("idea:" + target);
        assertThat(receipts.check(alone).act()).isEqualTo(VoteAct.MOVED);
        assertThat(receipts.check(alone).replacedBy()).isNull();
        assertThat(receipts.check(both).act()).isEqualTo(VoteAct.DROPPED);
        assertThat(receipts.check(both).content()).isEqualTo("-");
        assertThat(receipts.check(there).act()).isEqualTo(VoteAct.CAST);

        // parted again
        try (Connection connection = database.dataSource().getConnection()) {
            Register.move(connection, ideas.ids::next, alone, "idea:" + source, "for");
            Register.move(connection, ideas.ids::next, both, "idea:" + source, "for");
        }
        database.execute("update ideas_vote set idea_id = " + source + " where member_id = 1 and idea_id = " + target);
        database.execute("insert into ideas_vote (idea_id, member_id, choice, receipt, cast_at) values (" + source
                + ", 2, 'for', '" + both + "', '2026-05-01 12:00:00')");
        assertThat(receipts.check(both).content()).isEqualTo("for");
        String changed = cast(1, source, Choice.NEUTRAL);
        sealing.seal();

        assertThat(receipts.check(alone).replacedBy()).isEqualTo(VoteAct.CHANGED);
        assertThat(receipts.check(changed).act()).isEqualTo(VoteAct.CHANGED);
        assertThat(audit.audit()).isEqualTo(new ReceiptAudit.Finding(8, 0, List.of()));
    }

    @Test
    void aMemberWhoLeftStaysInTheListAndCanStillCheckTheReceipt() throws Exception {
        long idea = ideas.published("Un banc");
        String receipt = cast(1, idea, Choice.FOR);
        database.execute("update ideas_vote set member_id = -5, receipt = substr(receipt, 1, " + Receipt.WITHOUT_SECRET
                + ") where member_id = 1");
        sealing.seal();

        assertThat(receipts.check(receipt).replacedBy()).isNull();
        assertThat(audit.audit().wrong()).isEmpty();
        assertThat(receipt).startsWith(kept()).isNotEqualTo(kept());
        try (Connection connection = database.dataSource().getConnection()) {
            Register.drop(connection, ideas.ids::next, kept());
        }
        assertThat(audit.audit().wrong()).as("it is found without its secret").hasSize(1);
    }

    private static String kept() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select receipt from ideas_vote where member_id = -5")) {
            row.next();
            return row.getString(1);
        }
    }

    private List<String> export() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            receipts.export(out);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return new ArrayList<>(out.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private String cast(long member, long idea, Choice choice) {
        return ideas.votes.cast(member(member), idea, choice).receipt();
    }

    private static Caller member(long id) {
        return Caller.member(id, "Membre " + id, Set.of(), Locale.FRENCH);
    }
}
