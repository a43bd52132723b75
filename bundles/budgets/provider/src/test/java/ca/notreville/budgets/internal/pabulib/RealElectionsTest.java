// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.pabulib;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.budgets.api.Rule;
import ca.notreville.budgets.internal.allocation.Allocation;
import ca.notreville.budgets.internal.allocation.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Elections that were held, where the machine has them in {@code ../shared/data/pabulib} beside the project. */
class RealElectionsTest {

    private static final Path ELECTIONS = Path.of("../../../../shared/data/pabulib");

    static List<Path> elections() throws IOException {
        if (!Files.isDirectory(ELECTIONS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(ELECTIONS)) {
            return files.filter(file -> file.toString().endsWith(".pb"))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyLineIsTakenEveryCountIsAsPublishedAndSoAreTheWinnersWhereMostVotesDecided()
            throws IOException {
        return elections().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    PbElection read = read(file);

                    assertThat(read.refused()).isEmpty();
                    assertThat(read.notices()).noneMatch(note -> note.code().contains("differ"));
                    assertThat(read.election().votes())
                            .containsExactly(read.projects().stream()
                                    .mapToLong(PbElection.Project::published)
                                    .toArray());
                    Set<String> published = read.projects().stream()
                            .filter(project -> Boolean.TRUE.equals(project.selected()))
                            .map(PbElection.Project::code)
                            .collect(Collectors.toCollection(TreeSet::new));
                    if (!published.isEmpty() && !read.decidedBy().shares()) {
                        assertThat(chosen(read, read.decidedBy())).isEqualTo(published);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> noRuleSpendsMoreThanThereIsAndWhatIsWrittenIsReadTheSame() throws IOException {
        return elections().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    PbElection read = read(file);
                    for (Rule rule : List.of(Rule.MOST_VOTES, Rule.EQUAL_SHARES_ONCE, Rule.EQUAL_SHARES)) {
                        Set<String> chosen = chosen(read, rule);
                        assertThat(read.projects().stream()
                                        .filter(project -> chosen.contains(project.code()))
                                        .mapToLong(PbElection.Project::cost)
                                        .sum())
                                .isPositive()
                                .isLessThanOrEqualTo(read.money());
                    }
                    try (InputStream in = Files.newInputStream(file)) {
                        PbText text = PbText.read(in);
                        assertThat(PbText.read(PbElectionTest.stream(text.write())))
                                .isEqualTo(text);
                    }
                }));
    }

    private static PbElection read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return PbElection.read(in);
        }
    }

    private static Set<String> chosen(PbElection read, Rule rule) {
        List<Outcome> outcomes = Allocation.of(rule, read.election());
        return outcomes.stream()
                .filter(outcome -> outcome.reason().chosen())
                .map(outcome -> read.projects().get(outcome.project()).code())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
