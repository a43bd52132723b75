// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What another platform exported of a consultation: a real one if there is one beside the project, whose data are not ours to
 * hand on, else a small one of our own in the same form.
 */
record Consultation(byte[] proposals, byte[] comments) {

    private static final Path REAL = Path.of(System.getProperty("consultations"));

    static Consultation any() throws IOException {
        Path proposals = find("proposals.csv");
        return proposals == null
                ? ours()
                : new Consultation(
                        Files.readAllBytes(proposals),
                        Files.readAllBytes(proposals.resolveSibling("debate-comments.csv")));
    }

    private static Path find(String name) throws IOException {
        if (!Files.isDirectory(REAL)) {
            return null;
        }
        try (Stream<Path> all = Files.walk(REAL, 2)) {
            return all.filter(p -> p.getFileName().toString().equals(name))
                    .filter(p -> Files.exists(p.resolveSibling("debate-comments.csv")))
                    .findFirst()
                    .orElse(null);
        }
    }

    static Consultation ours() throws IOException {
        return new Consultation(resource("proposals.csv"), resource("comments.csv"));
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = Consultation.class.getResourceAsStream("/consultation/" + name)) {
            return in.readAllBytes();
        }
    }

    int proposalRows() {
        return cells(proposals).size() - 1;
    }

    int commentRows() {
        return cells(comments).size() - 1;
    }

    /** A title that has accents, and only once in the file, so that it can be searched for without them. */
    String titleWithAccents() {
        List<List<String>> rows = cells(proposals);
        int title = rows.get(0).indexOf("title");
        List<String> titles =
                rows.stream().skip(1).map(row -> row.get(title).strip()).toList();
        return titles.stream()
                .filter(t -> !withoutAccents(t).equals(t) && t.length() > 20 && t.length() < 60)
                .filter(t -> t.matches("[\\p{L} ]+"))
                .filter(t -> titles.stream().filter(t::equals).count() == 1)
                .findFirst()
                .orElseThrow();
    }

    static String withoutAccents(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    }

    /** The cells of a file, read in another way than the product does. */
    private static List<List<String>> cells(byte[] file) {
        String text = new String(file, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (c == ';' || c == '\n')) {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else if (quoted || c != '\r') {
                cell.append(c);
            }
        }
        if (!row.isEmpty() || !cell.isEmpty()) {
            row.add(cell.toString());
            rows.add(row);
        }
        return rows;
    }
}
