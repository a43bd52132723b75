// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a text file is written in, told by its bytes. Whatever is valid UTF-8 is UTF-8; else, of the encodings that programs for French
 * use, the one in which the bytes make most French letters.
 */
final class Encoding {

    private static final List<Charset> OF_ONE_BYTE =
            List.of(Charset.forName("windows-1252"), Charset.forName("x-MacRoman"), Charset.forName("IBM850"));

    private static final String LOWER = "àâäçéèêëîïôöùûüœæ";
    private static final String UPPER = "ÀÂÇÉÈÊËÎÏÔÙÛÜŒÆ";
    private static final String MARKS = "«»’‘“”–—…°€\u00A0";

    /** What archives, workbooks and printed pages begin with. */
    private static final List<byte[]> NO_TEXT = List.of(
            new byte[] {'P', 'K', 3, 4},
            new byte[] {'P', 'K', 5, 6},
            new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0},
            new byte[] {0x1F, (byte) 0x8B},
            new byte[] {'%', 'P', 'D', 'F'});

    private final long[] bytes = new long[256];
    private final long[] zeroes = new long[2];
    private long size;
    private long lines = 1;
    private long letters;
    private long wrong;
    private long wrongLine;
    private int left;
    private int lowest;
    private int highest;
    private boolean boundToEnd;

    private Encoding() {}

    /**
     * The file in UTF-8: itself, or another one beside it.
     *
     * @param field name of the upload, for what is said of a file that is refused
     */
    static Path utf8(Path file, String field) throws IOException {
        Charset charset = of(file, field);
        if (charset.equals(UTF_8)) {
            return file;
        }
        Path other = Files.createTempFile("notreville-import", ".txt");
        try (Reader in = new InputStreamReader(
                        Files.newInputStream(file),
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE));
                Writer out = Files.newBufferedWriter(other, UTF_8)) {
            in.transferTo(out);
        } catch (CharacterCodingException e) {
            Files.delete(other);
            throw refused(field, "ideas.import-encoding", 1);
        } catch (IOException | RuntimeException e) {
            Files.delete(other);
            throw e;
        }
        return other;
    }

    static Charset of(Path file, String field) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(4);
        }
        if (NO_TEXT.stream().anyMatch(magic -> begins(head, magic))) {
            throw refused(field, "ideas.import-not-text", 1);
        }
        Encoding seen = new Encoding();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] some = new byte[1 << 16];
            for (int length = in.read(some); length >= 0; length = in.read(some)) {
                for (int i = 0; i < length; i++) {
                    seen.see(some[i] & 0xFF);
                }
            }
        }
        if (begins(head, new byte[] {(byte) 0xFF, (byte) 0xFE})) {
            return seen.even(UTF_16LE, field);
        }
        if (begins(head, new byte[] {(byte) 0xFE, (byte) 0xFF})) {
            return seen.even(UTF_16BE, field);
        }
        // letters of ASCII are every second byte of UTF-16
        if (seen.zeroes[1] > seen.size / 4 && seen.zeroes[0] < seen.size / 20) {
            return seen.even(UTF_16LE, field);
        }
        if (seen.zeroes[0] > seen.size / 4 && seen.zeroes[1] < seen.size / 20) {
            return seen.even(UTF_16BE, field);
        }
        return seen.ofBytes(field);
    }

    private static boolean begins(byte[] head, byte[] with) {
        for (int i = 0; i < with.length; i++) {
            if (i >= head.length || head[i] != with[i]) {
                return false;
            }
        }
        return true;
    }

    private void see(int b) {
        if (b == 0) {
            zeroes[(int) (size & 1)]++;
        }
        size++;
        bytes[b]++;
        if (b == '\n') {
            lines++;
        }
        if (left > 0) {
            if (b >= lowest && b <= highest) {
                left--;
                lowest = 0x80;
                highest = 0xBF;
                boundToEnd = left > 0;
                if (left == 0) {
                    letters++;
                }
                return;
            }
            wrong();
        }
        begin(b);
    }

    /** As RFC 3629 has it: no longer forms than need be, no surrogates, nothing above U+10FFFF. */
    private void begin(int b) {
        lowest = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
        highest = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
        left = b >= 0xC2 && b <= 0xDF ? 1 : b >= 0xE0 && b <= 0xEF ? 2 : b >= 0xF0 && b <= 0xF4 ? 3 : 0;
        boundToEnd = left > 0;
        if (b >= 0x80 && left == 0) {
            wrong();
        }
    }

    private void wrong() {
        left = 0;
        if (wrong++ == 0) {
            wrongLine = lines;
        }
    }

    private Charset even(Charset charset, String field) {
        if (size % 2 != 0) {
            throw refused(field, "ideas.import-cut", lines);
        }
        return charset;
    }

    private Charset ofBytes(String field) {
        if (wrong == 0 && boundToEnd && letters > 0) {
            throw refused(field, "ideas.import-cut", lines);
        }
        if (wrong == 0 && !boundToEnd) {
            return UTF_8;
        }
        if (letters > wrong) {
            // UTF-8 that something broke; read as anything else it would be full of wrong letters
            throw refused(field, "ideas.import-encoding", wrongLine);
        }
        Charset best = OF_ONE_BYTE.get(0);
        for (Charset other : OF_ONE_BYTE) {
            if (score(other) > score(best)) {
                best = other;
            }
        }
        return best;
    }

    private long score(Charset charset) {
        long score = 0;
        for (int b = 0x80; b < bytes.length; b++) {
            if (bytes[b] > 0) {
                CharBuffer decoded = charset.decode(ByteBuffer.wrap(new byte[] {(byte) b}));
                score += bytes[b] * worth(decoded.get(0));
            }
        }
        return score;
    }

    private static int worth(char c) {
        if (LOWER.indexOf(c) >= 0) {
            return 3;
        }
        if (MARKS.indexOf(c) >= 0) {
            return 2;
        }
        if (UPPER.indexOf(c) >= 0) {
            return 1;
        }
        return Character.isLetter(c) ? 0 : -3;
    }

    private static InvalidException refused(String field, String code, long line) {
        return new InvalidException(List.of(new FieldError(field, code, Map.of("line", line))));
    }
}
