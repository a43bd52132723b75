// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.ideas.internal.imports.Decidim.RefusedException;
import ca.notreville.ideas.internal.imports.Decidim.Remark;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The order in which comments can be brought in: what is answered before what answers it. Of a row only that is kept in memory; the file is
 * read through as often as comments stand before what they answer.
 */
final class RemarkFile {

    /** How often the file is read at most; what answers something later still is refused. */
    static final int MAX_PASSES = 25;

    private static final byte TWICE = -1;
    private static final byte IN_A_CIRCLE = -2;
    private static final int NONE = -1;

    private int size;
    private byte[] passes = new byte[1 << 10];
    private int[] parents = new int[1 << 10];
    private String[] ideas = new String[1 << 10];
    private final Map<String, String> known = new HashMap<>();
    private int lastPass;

    private RemarkFile() {}

    static RemarkFile read(Table table) {
        RemarkFile file = new RemarkFile();
        Map<Long, Integer> byReference = new HashMap<>();
        Map<Integer, Long> open = new HashMap<>();
        while (table.hasNext()) {
            file.add(table.next(), byReference, open);
        }
        open.forEach((row, parent) -> file.parents[row] = byReference.getOrDefault(parent, NONE));
        file.order();
        return file;
    }

    private void add(Row row, Map<Long, Integer> byReference, Map<Integer, Long> open) {
        grow();
        int index = size++;
        parents[index] = NONE;
        ideas[index] = "";
        try {
            Remark remark = Decidim.remark(row);
            if (byReference.putIfAbsent(Digest.number(remark.reference()), index) != null) {
                passes[index] = TWICE;
                return;
            }
            String idea = remark.idea().isEmpty() ? "#" + remark.on() : remark.idea();
            ideas[index] = known.computeIfAbsent(idea, i -> i);
            if (!remark.parent().isEmpty()) {
                open.put(index, Digest.number(remark.parent()));
            }
        } catch (RefusedException e) {
            // it is reported when it is its turn
        }
    }

    private void grow() {
        if (size == passes.length) {
            passes = Arrays.copyOf(passes, size * 2);
            parents = Arrays.copyOf(parents, size * 2);
            ideas = Arrays.copyOf(ideas, size * 2);
        }
    }

    private void order() {
        boolean[] done = new boolean[size];
        int left = size;
        for (byte pass = 0; pass < MAX_PASSES && left > 0; pass++) {
            int before = left;
            for (int i = 0; i < size; i++) {
                if (!done[i] && (passes[i] == TWICE || parents[i] == NONE || done[parents[i]])) {
                    done[i] = true;
                    left--;
                    if (passes[i] != TWICE) {
                        passes[i] = pass;
                    }
                }
            }
            lastPass = pass;
            if (left == before) {
                break;
            }
        }
        for (int i = 0; i < size; i++) {
            if (!done[i]) {
                passes[i] = IN_A_CIRCLE;
            }
        }
    }

    int size() {
        return size;
    }

    /** All that comments say of the ideas that they are on. */
    Set<String> ideas() {
        return known.keySet();
    }

    int passes() {
        return lastPass + 1;
    }

    /** Whether the row of this place in the file has its turn in this pass. */
    boolean due(int index, int pass) {
        return passes[index] < 0 ? pass == 0 : passes[index] == pass;
    }

    Remark remark(int index, Row row) throws RefusedException {
        if (passes[index] == IN_A_CIRCLE) {
            throw new RefusedException("commentable_id", "ideas.import-no-parent", "");
        }
        Remark remark = Decidim.remark(row);
        if (passes[index] == TWICE) {
            throw new RefusedException("id", "ideas.import-twice", row.cell("id"));
        }
        return remark;
    }

    /** Reference or address of the idea of the comment that began the thread, as far as the file has it; {@code #} and its id where it has no address. */
    String idea(int index) {
        int at = index;
        while (parents[at] != NONE) {
            at = parents[at];
        }
        return ideas[at];
    }
}
