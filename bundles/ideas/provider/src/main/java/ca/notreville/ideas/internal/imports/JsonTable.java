// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.InvalidException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * JSON as a table: an array of objects, an object whose member {@code items} is one, or one object after the other. A member of a
 * member is the column {@code outer/inner}; of an array, its texts and numbers make one cell.
 */
final class JsonTable implements Table {

    private static final int MAX_NESTING = 16;
    private static final int MAX_TEXT = 16 * 1024 * 1024;
    private static final int MAX_CELLS = 1_000;
    private static final String ITEMS = "items";

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(1_000)
                    .build())
            // names are the sender's: none of them is to stay in memory
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final String field;
    private final JsonParser parser;
    private boolean inList;
    private long number;
    private @Nullable Row following;
    private final List<String> columns;

    JsonTable(InputStream in, String field) throws IOException {
        this.field = field;
        parser = JSON.createParser(new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        following = read();
        columns =
                following == null ? List.of() : List.copyOf(following.columns().keySet());
    }

    private @Nullable Row read() {
        try {
            return readNext();
        } catch (CharacterCodingException e) {
            throw refused("ideas.import-encoding");
        } catch (JsonEOFException e) {
            throw refused("ideas.import-cut");
        } catch (JsonProcessingException e) {
            throw refused("ideas.import-malformed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Row readNext() throws IOException {
        while (true) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return null;
            }
            if (token == JsonToken.START_ARRAY && !inList) {
                inList = true;
            } else if (token == JsonToken.END_ARRAY && inList) {
                inList = false;
                leave();
            } else if (token == JsonToken.START_OBJECT) {
                Map<String, Integer> names = new LinkedHashMap<>();
                List<String> cells = new ArrayList<>();
                if (!object("", names, cells)) {
                    number++;
                    return new Row(number, cells, names, cells.size(), false);
                }
            } else {
                throw refused("ideas.import-malformed");
            }
        }
    }

    /** What stands around the list: nothing, or other members of the object that it is in. */
    private void leave() throws IOException {
        if (parser.getParsingContext().inObject()) {
            for (JsonToken token = parser.nextToken(); token == JsonToken.FIELD_NAME; token = parser.nextToken()) {
                parser.nextToken();
                parser.skipChildren();
            }
        }
    }

    /** @return whether it is not a row, but what stands around the list of rows, which is then begun */
    private boolean object(String prefix, Map<String, Integer> names, List<String> cells) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = prefix + Fields.clean(parser.currentName());
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_ARRAY && !inList && name.equals(ITEMS)) {
                inList = true;
                return true;
            }
            if (value == JsonToken.START_OBJECT) {
                object(name + "/", names, cells);
            } else {
                add(name, value == JsonToken.START_ARRAY ? list() : text(value), names, cells);
            }
        }
        return false;
    }

    private void add(String name, String cell, Map<String, Integer> names, List<String> cells) {
        if (cells.size() >= MAX_CELLS || names.putIfAbsent(name, cells.size()) != null) {
            throw refused("ideas.import-malformed");
        }
        cells.add(cell);
    }

    private String list() throws IOException {
        List<String> texts = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token.isStructStart()) {
                parser.skipChildren();
            } else {
                texts.add(text(token));
            }
        }
        return String.join(", ", texts);
    }

    private String text(JsonToken token) throws IOException {
        return token == JsonToken.VALUE_NULL ? "" : parser.getText();
    }

    private InvalidException refused(String code) {
        return new InvalidException(List.of(new FieldError(
                field, code, Map.of("line", (long) parser.currentLocation().getLineNr()))));
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public boolean hasNext() {
        return following != null;
    }

    @Override
    public Row next() {
        Row row = following;
        if (row == null) {
            throw new NoSuchElementException();
        }
        following = read();
        return row;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
