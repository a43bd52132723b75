// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.sample;

import java.util.Map;

/**
 * The people that a module's sample data refers to.
 *
 * @param members ids of the sample members by their key in the sample files
 */
public record SampleTown(Map<String, Long> members) {

    public SampleTown {
        members = Map.copyOf(members);
    }

    /** @throws IllegalArgumentException if nobody has this key */
    public long member(String key) {
        Long id = members.get(key);
        if (id == null) {
            throw new IllegalArgumentException("no sample member " + key);
        }
        return id;
    }
}
