// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.ideas.internal.imports.CsvTable.Row;
import ca.notreville.ideas.internal.imports.Decidim.RefusedException;
import ca.notreville.ideas.internal.imports.Decidim.Remark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file of comments in the order in which they can be brought in: what is answered before what answers it. */
final class RemarkFile {

    private record Line(
            Row row, @Nullable Remark remark, @Nullable RefusedException refused, int depth) {}

    private final List<Line> lines;
    private final Map<String, Remark> byReference;

    private RemarkFile(List<Line> lines, Map<String, Remark> byReference) {
        this.lines = lines;
        this.byReference = byReference;
    }

    static RemarkFile read(CsvTable table) {
        List<Line> lines = new ArrayList<>();
        Map<String, Remark> byReference = new HashMap<>();
        while (table.hasNext()) {
            Row row = table.next();
            try {
                Remark remark = Decidim.remark(row);
                if (byReference.putIfAbsent(remark.reference(), remark) != null) {
                    throw new RefusedException("id", "ideas.import-twice", row.cell("id"));
                }
                lines.add(new Line(row, remark, null, 0));
            } catch (RefusedException e) {
                lines.add(new Line(row, null, e, 0));
            }
        }
        List<Line> sorted = new ArrayList<>(lines.stream()
                .map(line -> line.remark == null ? line : deep(line, line.remark, byReference))
                .sorted(Comparator.comparingInt(Line::depth).thenComparingLong(line -> line.row.line()))
                .toList());
        return new RemarkFile(sorted, byReference);
    }

    /** How many answers lie between a comment and the proposal; comments that answer each other in a circle are refused. */
    private static Line deep(Line line, Remark remark, Map<String, Remark> byReference) {
        Set<String> way = new HashSet<>();
        Remark at = remark;
        while (at != null && way.add(at.reference())) {
            at = byReference.get(at.parent());
        }
        return at == null
                ? new Line(line.row, remark, null, way.size() - 1)
                : new Line(line.row, null, new RefusedException("commentable_id", "ideas.import-no-parent", ""), 0);
    }

    int size() {
        return lines.size();
    }

    Row row(int index) {
        return lines.get(index).row;
    }

    Remark remark(int index) throws RefusedException {
        Line line = lines.get(index);
        if (line.refused != null) {
            throw line.refused;
        }
        return Objects.requireNonNull(line.remark);
    }

    /** The comment that began the thread, as far as the file has it. */
    Remark root(Remark remark) {
        Remark at = remark;
        Remark parent = byReference.get(at.parent());
        while (parent != null) {
            at = parent;
            parent = byReference.get(at.parent());
        }
        return at;
    }
}
