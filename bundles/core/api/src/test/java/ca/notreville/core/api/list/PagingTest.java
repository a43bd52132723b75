// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.error.InvalidException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {

    @Test
    void aCursorGivesBackItsNumbers() {
        String cursor = Paging.cursor(Long.MAX_VALUE, 0, -7);

        assertThat(Paging.of("5", cursor, 3)).isEqualTo(new Paging(5, List.of(Long.MAX_VALUE, 0L, -7L)));
    }

    @Test
    void nothingSentMeansTheFirstTwenty() {
        assertThat(Paging.of(null, null, 2)).isEqualTo(Paging.first(Paging.DEFAULT));
        assertThat(Paging.of("", "", 2)).isEqualTo(Paging.first(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1_2_3", "_", "1_", "_1", "1_!", "1__2", "1_zzzzzzzzzzzzzz", "é_1", "1 _2"})
    void aCursorThatWasTamperedWithIsRefused(String cursor) {
        assertThatThrownBy(() -> Paging.of(null, cursor, 2))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining("after")
                .hasMessageContaining("cursor-unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101", "ten", "9999999999", " 5"})
    void aLimitOutOfRangeIsRefused(String limit) {
        assertThatThrownBy(() -> Paging.of(limit, null, 2))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining("limit-out-of-range");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101})
    void aPieceOfTheWrongSizeCannotBeAskedForInCodeEither(int limit) {
        assertThatThrownBy(() -> Paging.first(limit)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void slicesTogetherAreTheWholeListAndTheLastHasNoCursor() {
        List<Long> all = LongStream.range(0, 45).boxed().toList();
        List<Long> walked = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();

        String cursor = null;
        do {
            Paging paging = Paging.of("15", cursor, 1);
            long after = paging.after().isEmpty() ? -1 : paging.after().get(0);
            List<Long> read = all.stream().filter(i -> i > after).limit(16).toList();
            Slice<Long> slice = paging.slice(read, Paging::cursor);
            walked.addAll(slice.items());
            sizes.add(slice.items().size());
            cursor = slice.next();
        } while (cursor != null);

        assertThat(walked).isEqualTo(all);
        assertThat(sizes).containsExactly(15, 15, 15);
    }

    @Test
    void aMappedSliceKeepsItsPlaceInTheList() {
        Slice<Integer> slice = new Slice<>(List.of(1, 2), "c");

        assertThat(slice.map(i -> "n" + i)).isEqualTo(new Slice<>(List.of("n1", "n2"), "c"));
    }
}
