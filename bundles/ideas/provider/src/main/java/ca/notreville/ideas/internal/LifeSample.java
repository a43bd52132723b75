// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.Step.Answer;
import ca.notreville.ideas.internal.jpa.LifeTable;
import ca.notreville.ideas.internal.jpa.LifeTable.Standing;
import ca.notreville.ideas.internal.jpa.ListingTable;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What became of the ideas of the sample town. */
final class LifeSample {

    private final Clock clock;
    private final JsonNode lives;

    LifeSample(Clock clock) {
        this.clock = clock;
        try (InputStream in = LifeSample.class.getResourceAsStream("/sample/life.json")) {
            lives = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings an idea that was just published to where it is now. */
    void tell(Connection connection, long idea, String key) {
        try {
            for (JsonNode step : lives.path(key)) {
                Standing now = LifeTable.hold(connection, idea).orElseThrow();
                IdeaState to = IdeaState.of(step.path("to").asText()).orElseThrow();
                Instant at = clock.instant()
                        .minus(Duration.ofDays(step.path("daysAgo").asLong()))
                        .truncatedTo(ChronoUnit.MILLIS);
                LifeTable.add(connection, now, to, 0, at, step.path("text").asText(), answer(step, to));
                ListingTable.move(connection, idea, now.state(), to);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Answer answer(JsonNode step, IdeaState to) {
        if (!to.answered()) {
            return null;
        }
        return new Answer(
                step.has("cost") ? step.path("cost").asLong() : null,
                step.has("plannedInDays")
                        ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                                .plusDays(step.path("plannedInDays").asLong())
                        : null);
    }
}
