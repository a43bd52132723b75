// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.time.Instant;
import java.util.Map;

/**
 * What one member said in a consultation.
 *
 * @param values by the numbers of the options
 * @param receipt see {@link ReceiptService}; it changes when the ballot does
 */
public record Ballot(long consultation, Map<Integer, Integer> values, String receipt, Instant castAt) {
    public Ballot {
        values = Map.copyOf(values);
    }
}
