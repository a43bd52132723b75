// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.ideas.api.Tally;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ListingTableTest {

    private static final Instant DAY = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void twoWeeksAreWorthTenTimesTheSupport() {
        long old = ListingTable.trending(new Tally(999, 0, 0), DAY);
        long young = ListingTable.trending(new Tally(99, 0, 0), DAY.plus(Duration.ofDays(14)));

        assertThat(young).isEqualTo(old);
        assertThat(ListingTable.trending(new Tally(100, 0, 0), DAY.plus(Duration.ofDays(14))))
                .isGreaterThan(old);
    }

    @Test
    void votesAgainstTakeSupportAwayButNeverMoreThanAllOfIt() {
        assertThat(ListingTable.trending(new Tally(10, 5, 4), DAY))
                .isEqualTo(ListingTable.trending(new Tally(6, 0, 0), DAY));
        assertThat(ListingTable.trending(new Tally(1, 0, 50), DAY)).isEqualTo(ListingTable.trending(Tally.NONE, DAY));
    }

    @Test
    void ofTwoWithTheSameSupportTheYoungerIsAhead() {
        assertThat(ListingTable.trending(Tally.NONE, DAY.plusMillis(1_000_000)))
                .isGreaterThan(ListingTable.trending(Tally.NONE, DAY));
    }
}
