// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.verification;

import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.verification.VerificationAdmin;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads a list of residents into hashes. Nothing else of it survives the call. */
final class ListReader {

    private static final int MAX_TOLD = 20;

    private static final List<String> NAME = List.of("name", "nom complet", "nom_complet", "full_name");
    private static final List<String> FIRST = List.of("first_name", "prenom", "prénom", "first name");
    private static final List<String> LAST = List.of("last_name", "nom", "last name", "nom_famille");
    private static final List<String> BIRTH = List.of("birth_date", "date_naissance", "date de naissance", "birthdate");
    private static final List<String> POSTAL = List.of("postal_code", "code_postal", "code postal", "postalcode");

    private ListReader() {}

    /** @param refusedLines of the first that could not be used */
    record Result(Set<String> hashes, int refused, List<Integer> refusedLines, boolean birthDate, boolean postalCode) {}

    /** @param hash of a key that {@link Resident#key} made */
    static Result read(InputStream csv, UnaryOperator<String> hash) {
        String text = text(csv);
        String head =
                new BufferedReader(new StringReader(text)).lines().findFirst().orElse("");
        char separator = head.indexOf(';') >= 0 ? ';' : ',';
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .skipEmptyLines(true)
                .ofCsvRecord(text)) {
            return rows(reader, hash);
        } catch (CsvParseException e) {
            throw InvalidException.of("file", "core.resident-list-broken");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(InputStream csv) {
        try {
            byte[] bytes = csv.readNBytes(VerificationAdmin.MAX_LIST + 1);
            if (bytes.length > VerificationAdmin.MAX_LIST) {
                throw InvalidException.of("file", "core.resident-list-large");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw InvalidException.of("file", "core.resident-list-encoding");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result rows(CsvReader<CsvRecord> reader, UnaryOperator<String> hash) {
        Map<String, Integer> columns = new HashMap<>();
        Set<String> hashes = new HashSet<>();
        List<Integer> refused = new ArrayList<>();
        int refusals = 0;
        boolean birth = false;
        boolean postal = false;
        int rows = 0;
        for (CsvRecord row : reader) {
            if (columns.isEmpty()) {
                for (int i = 0; i < row.getFieldCount(); i++) {
                    columns.putIfAbsent(Fields.clean(row.getField(i)).toLowerCase(Locale.ROOT), i);
                }
                birth = has(columns, BIRTH);
                postal = has(columns, POSTAL);
                boolean named = has(columns, NAME) || has(columns, FIRST) && has(columns, LAST);
                if (!named || !birth && !postal) {
                    throw InvalidException.of("file", "core.resident-list-columns");
                }
                continue;
            }
            if (++rows > VerificationAdmin.MAX_ROWS) {
                throw InvalidException.of("file", "core.resident-list-long");
            }
            String name = Resident.name(
                    has(columns, FIRST) && has(columns, LAST)
                            ? cell(row, columns, FIRST) + " " + cell(row, columns, LAST)
                            : cell(row, columns, NAME));
            Optional<String> date = birth ? Resident.birthDate(cell(row, columns, BIRTH)) : Optional.of("");
            Optional<String> code = postal ? Resident.postalCode(cell(row, columns, POSTAL)) : Optional.of("");
            if (name.isEmpty() || date.isEmpty() || code.isEmpty()) {
                refusals++;
                if (refused.size() < MAX_TOLD) {
                    refused.add((int) row.getStartingLineNumber());
                }
            } else {
                hashes.add(hash.apply(Resident.key(name, date.get(), code.get())));
            }
        }
        if (hashes.isEmpty()) {
            throw InvalidException.of("file", "core.resident-list-empty");
        }
        return new Result(hashes, refusals, refused, birth, postal);
    }

    private static boolean has(Map<String, Integer> columns, List<String> names) {
        return names.stream().anyMatch(columns::containsKey);
    }

    private static String cell(CsvRecord row, Map<String, Integer> columns, List<String> names) {
        for (String name : names) {
            Integer index = columns.get(name);
            if (index != null && index < row.getFieldCount()) {
                return Fields.clean(row.getField(index));
            }
        }
        return "";
    }
}
