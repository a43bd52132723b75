// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a file is by what is in it. Its name only tells a table of values from another plain text, between which nothing
 * depends on the answer.
 */
final class Examiner {

    /** Bytes at the end of a PDF in which its end mark must stand: some programs write a little behind it. */
    private static final int PDF_TAIL = 4_096;

    private static final int BUFFER = 64 * 1024;
    private static final int HEAD = 512;

    /** Texts that a browser might take for a page or a drawing, whatever it is told. */
    private static final Pattern MARKUP =
            Pattern.compile("(?is)^\\s*(<\\?xml|<!doctype|<!--|<(html|svg|head|body|script|iframe|x?html:)).*");

    private Examiner() {}

    /**
     * What was found.
     *
     * @param file what is to be kept: the file itself, or for a picture a new one beside it
     */
    record Found(FileType type, Path file, int width, int height) {}

    /**
     * @param file on this machine, not empty
     * @param name as sent
     * @throws RefusedFileException if it is none of the types that are taken, or not a sound one
     */
    static Found examine(Path file, String name) throws IOException, RefusedFileException {
        byte[] head = head(file);
        if (starts(head, "%PDF-")) {
            checkPdf(file);
            return new Found(FileType.PDF, file, 0, 0);
        }
        if (starts(head, "PK\u0003\u0004")) {
            return new Found(OfficeFiles.type(file), file, 0, 0);
        }
        FileType picture = picture(head);
        if (picture == FileType.WEBP) {
            return WebpFiles.clean(file);
        }
        if (picture != null) {
            return Pictures.clean(file, picture);
        }
        checkText(file, head);
        boolean csv = name.toLowerCase(Locale.ROOT).endsWith(".csv");
        return new Found(csv ? FileType.CSV : FileType.TEXT, file, 0, 0);
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }

    static boolean starts(byte[] bytes, String magic) {
        return at(bytes, 0, magic);
    }

    /** @param magic each character is a byte */
    static boolean at(byte[] bytes, int offset, String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= offset + wanted.length
                && Arrays.equals(bytes, offset, offset + wanted.length, wanted, 0, wanted.length);
    }

    private static @Nullable FileType picture(byte[] head) {
        if (starts(head, "\u0089PNG\r\n\u001a\n")) {
            return FileType.PNG;
        }
        if (starts(head, "\u00ff\u00d8\u00ff")) {
            return FileType.JPEG;
        }
        if (starts(head, "GIF87a") || starts(head, "GIF89a")) {
            return FileType.GIF;
        }
        return starts(head, "RIFF") && at(head, 8, "WEBP") ? FileType.WEBP : null;
    }

    private static void checkPdf(Path file) throws IOException, RefusedFileException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(PDF_TAIL, in.length())];
            in.seek(in.length() - tail.length);
            in.readFully(tail);
            if (!new String(tail, StandardCharsets.ISO_8859_1).contains("%%EOF")) {
                throw new RefusedFileException(RefusedFileException.DAMAGED);
            }
        }
    }

    /** Plain text in UTF-8, or in the Windows alphabet in which spreadsheets still write; without controls, and no markup. */
    private static void checkText(Path file, byte[] head) throws IOException, RefusedFileException {
        String start = new String(head, StandardCharsets.UTF_8).replace("\uFEFF", "");
        if (MARKUP.matcher(start).matches()) {
            throw new RefusedFileException(RefusedFileException.TYPE);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        boolean utf8 = true;
        byte[] bytes = new byte[BUFFER];
        ByteBuffer rest = ByteBuffer.allocate(BUFFER + 8);
        CharBuffer chars = CharBuffer.allocate(BUFFER + 8);
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                checkControls(bytes, n);
                if (utf8) {
                    rest.put(bytes, 0, n).flip();
                    chars.clear();
                    utf8 = !decoder.decode(rest, chars, false).isError();
                    rest.compact();
                }
            }
        }
        if (utf8) {
            rest.flip();
            chars.clear();
            utf8 = !decoder.decode(rest, chars, true).isError();
        }
        if (!utf8 && !windowsText(file)) {
            throw new RefusedFileException(RefusedFileException.TYPE);
        }
    }

    private static void checkControls(byte[] bytes, int n) throws RefusedFileException {
        for (int i = 0; i < n; i++) {
            byte b = bytes[i];
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' || b == 0x7f) {
                throw new RefusedFileException(RefusedFileException.TYPE);
            }
        }
    }

    /** Few enough letters with accents that it can be a text, and none of the five bytes that mean nothing there. */
    private static boolean windowsText(Path file) throws IOException {
        long high = 0;
        long all = 0;
        byte[] bytes = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                for (int i = 0; i < n; i++) {
                    int b = bytes[i] & 0xff;
                    if (b == 0x81 || b == 0x8d || b == 0x8f || b == 0x90 || b == 0x9d) {
                        return false;
                    }
                    high += b >= 0x80 ? 1 : 0;
                }
                all += n;
            }
        }
        return high * 4 <= all;
    }
}
