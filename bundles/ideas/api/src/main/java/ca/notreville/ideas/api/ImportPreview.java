// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.util.List;

/**
 * The beginning of a file whose columns are to be told.
 *
 * @param columns their names, in the order of the file, the first {@value #MAX_COLUMNS} of them
 * @param rows the first {@value #ROWS} rows, each with a cell a column, cut to {@value #MAX_CELL} characters
 * @param guess what the columns seem to be, by their names
 */
public record ImportPreview(List<String> columns, List<List<String>> rows, ImportMapping guess) {

    public static final int MAX_COLUMNS = 100;
    public static final int ROWS = 3;
    public static final int MAX_CELL = 80;

    public ImportPreview {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
