// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.ideas.api.VoteAct;
import ca.notreville.ideas.internal.jpa.ReceiptTable.Change;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that is handed out, started as people start it, on lists of this module's own chain. */
class VerifierTest {

    private static final Path PROGRAM =
            Path.of("src/main/resources/verifier/VerifyVotes.java").toAbsolutePath();

    @TempDir
    private static Path classes = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    private static @Nullable Method program;

    private final SecureRandom random = new SecureRandom();
    private final List<Receipt> receipts = new ArrayList<>();

    private record Outcome(int status, String said) {}

    @BeforeAll
    static void compileIt() throws Exception {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        assertThat(javac.run(null, null, null, "-Xlint:all", "-Werror", "-d", classes.toString(), PROGRAM.toString()))
                .isZero();
        Method run = new URLClassLoader(new URL[] {classes.toUri().toURL()})
                .loadClass("VerifyVotes")
                .getDeclaredMethod("run", PrintStream.class, Locale.class, String[].class);
        run.setAccessible(true);
        program = run;
    }

    @Test
    void itStartsFromItsSourceWithNothingButJava() throws Exception {
        Path file = Files.write(folder.resolve("votes.txt"), list());
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        PROGRAM.toString(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(java.waitFor()).as(said).isZero();
    }

    @Test
    void aGoodListIsAcceptedWithItsTotalsAndItsRoots() throws Exception {
        List<String> list = list();
        String root = list.get(5).substring(list.get(5).lastIndexOf(';') + 1);

        Outcome outcome = verify(list, "--root", root);

        assertThat(outcome.said)
                .contains("idea:42  against 2, for 1", "consultation:7  1=3 1, 2=1 1", "ACCEPTED: 7 entries");
        assertThat(outcome.status).isZero();
    }

    @Test
    void itSaysWhatBecameOfAReceipt() throws Exception {
        List<String> list = list();

        Outcome outcome = verify(
                list,
                "--receipt",
                receipts.get(1).text(),
                "--receipt",
                receipts.get(0).text().toLowerCase(Locale.ROOT).replace("-", ""));

        assertThat(outcome.said)
                .contains(receipts.get(1).text() + ": counts, idea:42 against", "no longer counts (changed)");
        assertThat(outcome.status).isZero();
        assertThat(verify(list, "--receipt", Receipt.make(1, random).text()).status)
                .isEqualTo(1);
    }

    @Test
    void aListWithASingleVoteChangedIsRejected() throws Exception {
        List<String> list = list();
        for (int i = 0; i < list.size(); i++) {
            List<String> other = new ArrayList<>(list);
            String line = list.get(i);
            other.set(
                    i,
                    line.contains(";for;") ? line.replace(";for;", ";against;") : line.replace(";against;", ";for;"));
            assertThat(verify(other).status).as(other.get(i)).isEqualTo(line.equals(other.get(i)) ? 0 : 1);
        }
    }

    @Test
    void aListWithALineDroppedAddedOrMovedIsRejected() throws Exception {
        List<String> list = list();
        for (int i = 0; i < list.size(); i++) {
            List<String> dropped = new ArrayList<>(list);
            dropped.remove(i);
            assertThat(verify(dropped).status).as("without " + list.get(i)).isEqualTo(1);
            List<String> added = new ArrayList<>(list);
            added.add(i, list.get(i));
            assertThat(verify(added).status).as("twice " + list.get(i)).isEqualTo(1);
            if (i + 1 < list.size()) {
                List<String> moved = new ArrayList<>(list);
                Collections.swap(moved, i, i + 1);
                assertThat(verify(moved).status).as("moved " + list.get(i)).isEqualTo(1);
            }
        }
    }

    @Test
    void entriesThatAreDroppedAndNumberedAnewAreRejected() throws Exception {
        List<String> list = new ArrayList<>(list());
        list.remove(2);
        long number = 0;
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).startsWith("entry;")) {
                list.set(i, list.get(i).replaceFirst("entry;\\d+", "entry;" + ++number));
            }
        }
        list.replaceAll(line -> line.replaceFirst("^seal;1;4", "seal;1;3").replaceFirst("^seal;2;7", "seal;2;6"));
        list.replaceAll(line -> line.replaceFirst("^end;7", "end;6"));

        assertThat(verify(list).said).contains("REJECTED", "does not follow");
    }

    /** Whoever can change the list can make the whole chain anew; what was published before then shows it. */
    @Test
    void aListThatWasMadeAnewAsAWholeLacksThePublishedRoot() throws Exception {
        List<String> published = list();
        String root = published.get(5).substring(published.get(5).lastIndexOf(';') + 1);
        receipts.clear();

        List<String> forged = list();

        assertThat(verify(forged).status).isZero();
        assertThat(verify(forged, "--root", root).said).contains("REJECTED", root);
    }

    @Test
    void aVoteThatIsReplacedTwiceOrThatIsNotThereIsRejected() throws Exception {
        Receipt first = receipt();
        Receipt second = receipt();
        Receipt third = receipt();
        String code = Entry.code(first.text(), "idea:1", "for");
        List<Entry> entries = List.of(
                Entry.of(first, "idea:1", "for"),
                Entry.of(second, "idea:1", "against"),
                Entry.of(third, "idea:1", "neutral"));
        Map<Long, Change> twice =
                Map.of(second.id(), new Change(VoteAct.CHANGED, code), third.id(), new Change(VoteAct.CHANGED, code));
        assertThat(verify(sealed(List.of(entries), twice)).said).contains("REJECTED");
        Map<Long, Change> unknown = Map.of(second.id(), new Change(VoteAct.CHANGED, "0".repeat(64)));
        assertThat(verify(sealed(List.of(entries), unknown)).said).contains("REJECTED");
        assertThat(verify(sealed(List.of(entries), Map.of())).status).isZero();
    }

    @Test
    void aVoteThatWentAlongWithAnIdeaIsFoundByItsReceiptAndCountsThere() throws Exception {
        Receipt moved = receipt();
        Receipt dropped = receipt();
        Entry before = Entry.of(moved, "idea:1", "for");
        Entry other = Entry.of(dropped, "idea:1", "against");
        Entry after = new Entry(7, "idea:2", "for", Entry.followingCode(moved.text(), "idea:2", "for", before.code()));
        Entry gone = new Entry(8, "idea:1", "-", Entry.followingCode(dropped.text(), "idea:1", "-", other.code()));
        List<String> list = sealed(
                List.of(List.of(before, other), List.of(after, gone)),
                Map.of(7L, new Change(VoteAct.MOVED, before.code()), 8L, new Change(VoteAct.DROPPED, other.code())));

        Outcome outcome = verify(list, "--receipt", moved.text(), "--receipt", dropped.text());

        assertThat(outcome.said)
                .contains("idea:2  for 1", moved.text() + ": counts, idea:2 for", "no longer counts (dropped)")
                .doesNotContain("idea:1  ");
        assertThat(outcome.status).isZero();
    }

    @Test
    void whatIsNoListIsRejectedAndToldInFrench() throws Exception {
        assertThat(verify(List.of("<html>")).status).isEqualTo(1);
        assertThat(run(Locale.FRENCH, "nowhere.txt").said).contains("Aucun fichier");
        assertThat(run(Locale.FRENCH).status).isEqualTo(2);
    }

    /** 7 entries under two seals: a change, and a ballot with several options. */
    private List<String> list() {
        Receipt changed = receipt();
        Receipt changes = receipt();
        Receipt second = receipt();
        Receipt third = receipt();
        Receipt fourth = receipt();
        Receipt ballot = receipt();
        Receipt withdrawn = receipt();
        Map<Long, Change> acts = new HashMap<>();
        acts.put(changes.id(), new Change(VoteAct.CHANGED, Entry.code(changed.text(), "idea:42", "for")));
        acts.put(withdrawn.id(), new Change(VoteAct.WITHDRAWN, Entry.code(third.text(), "idea:42", "against")));
        return sealed(
                List.of(
                        List.of(
                                Entry.of(changed, "idea:42", "for"),
                                Entry.of(changes, "idea:42", "against"),
                                Entry.of(second, "idea:42", "for"),
                                Entry.of(third, "idea:42", "against")),
                        List.of(
                                Entry.of(fourth, "idea:42", "against"),
                                Entry.of(ballot, "consultation:7", "1=3,2=1"),
                                Entry.of(withdrawn, "idea:42", "-"))),
                acts);
    }

    private static List<String> sealed(List<List<Entry>> seals, Map<Long, Change> acts) {
        Chain chain = Chain.begin();
        List<String> lines = new ArrayList<>(List.of("notreville-votes;1"));
        long number = 0;
        for (List<Entry> entries : seals) {
            Chain.ordered(entries).forEach(entry -> lines.add(chain.entry(entry, acts)));
            lines.add(chain.seal(++number, Instant.parse("2026-05-01T12:00:00Z")));
        }
        lines.add(chain.end(number));
        return lines;
    }

    private Receipt receipt() {
        Receipt receipt = Receipt.make(1_000 + receipts.size(), random);
        receipts.add(receipt);
        return receipt;
    }

    private Outcome verify(List<String> list, String... options) throws Exception {
        Path file = Files.write(folder.resolve("votes.txt"), list);
        return run(
                Locale.ENGLISH,
                Stream.concat(Stream.of(file.toString()), Arrays.stream(options))
                        .toArray(String[]::new));
    }

    private static Outcome run(Locale language, String... arguments) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Object status = Objects.requireNonNull(program)
                .invoke(null, new PrintStream(said, true, StandardCharsets.UTF_8), language, arguments);
        return new Outcome((Integer) status, said.toString(StandardCharsets.UTF_8));
    }
}
