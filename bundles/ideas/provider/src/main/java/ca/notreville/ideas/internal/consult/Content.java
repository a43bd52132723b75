// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.consult;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Ballots as they are written down: {@code option=value}, parted by commas, in the order of the options. */
final class Content {

    private Content() {}

    static String of(Map<Integer, Integer> values) {
        return new TreeMap<>(values)
                .entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining(","));
    }

    static Map<Integer, Integer> values(String content) {
        Map<Integer, Integer> values = new TreeMap<>();
        for (String one : content.split(",", -1)) {
            int equals = one.indexOf('=');
            values.put(Integer.valueOf(one.substring(0, equals)), Integer.valueOf(one.substring(equals + 1)));
        }
        return values;
    }
}
