// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.core.api.error.Fields;
import ca.notreville.ideas.api.ExportService;
import java.util.List;
import java.util.Map;

/**
 * A row of a file.
 *
 * @param line on which it begins in a CSV file; of JSON its place in the list; from 1
 * @param columns place of each column by its name
 * @param width how many cells it should have
 * @param guarded whether apostrophes keep spreadsheets from reading cells as formulas
 */
record Row(long line, List<String> cells, Map<String, Integer> columns, int width, boolean guarded) {

    /** The cell, cleaned, of this column; "" if there is none. */
    String cell(String name) {
        Integer index = columns.get(name);
        if (index == null || index >= cells.size()) {
            return "";
        }
        String cell = cells.get(index);
        return Fields.clean(guarded ? Formulas.bare(cell) : cell);
    }

    boolean complete() {
        return cells.size() == width;
    }

    /** Whether this platform exported it. */
    boolean ours() {
        return cell("format").equals(ExportService.FORMAT);
    }
}
