// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Iterator;
import java.util.List;

/** A file of rows that is read row by row; one that is no such file, or ends in the middle of a row, is refused as a whole. */
interface Table extends Iterator<Row>, AutoCloseable {

    /** How many bytes are looked at. */
    int LOOK = 256;

    /** Names of the columns, cleaned, in the order of the file; of JSON those of the first object. */
    List<String> columns();

    @Override
    void close() throws IOException;

    /**
     * Opens a file that is in UTF-8.
     *
     * @param field name of the upload, for what is said of a file that is refused
     */
    static Table open(InputStream in, String field) throws IOException {
        PushbackInputStream source = new PushbackInputStream(in, LOOK);
        byte[] head = source.readNBytes(LOOK);
        int from = head.length > 2 && (head[0] & 0xFF) == 0xEF && (head[1] & 0xFF) == 0xBB && (head[2] & 0xFF) == 0xBF
                ? 3
                : 0;
        source.unread(head, from, head.length - from);
        int first = from;
        while (first < head.length && Character.isWhitespace(head[first])) {
            first++;
        }
        boolean json = first < head.length && (head[first] == '[' || head[first] == '{');
        return json ? new JsonTable(source, field) : new CsvTable(source, field);
    }
}
