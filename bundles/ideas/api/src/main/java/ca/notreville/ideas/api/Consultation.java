// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import ca.notreville.core.api.verification.Residence;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Several options that people vote on together, by one rule and until one moment.
 *
 * @param description plain text
 * @param rule id of a {@link VotingRule}
 * @param limit of the rule, 0 if it has none
 * @param options in the order of their numbers, from 1
 * @param opensAt from this moment on votes are taken
 * @param closesAt before this moment
 * @param hidden whether what was said is told to nobody until it is closed
 * @param level of residence that a voter needs
 * @param places ids of the neighbourhoods whose people may vote; empty for the whole town
 * @param threshold ballots that each neighbourhood is to bring, 0 if none is asked for
 * @param phase as the server's clock has it
 */
public record Consultation(
        long id,
        String title,
        String description,
        String rule,
        int limit,
        List<Option> options,
        Instant opensAt,
        Instant closesAt,
        boolean hidden,
        Residence.Level level,
        List<String> places,
        int threshold,
        Phase phase) {

    public Consultation {
        options = List.copyOf(options);
        places = List.copyOf(places);
    }

    /**
     * What can be chosen.
     *
     * @param idea id of the idea that it stands for, 0 for none
     */
    public record Option(int number, String title, long idea) {}

    /** Where it is. */
    public enum Phase {
        COMING,
        OPEN,
        CLOSED;

        /** As shown over REST: {@code open}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
