// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Office files: archives with a known inner structure. Every entry is inflated once and counted, since what an archive says of
 * its own sizes may be a lie; what would become too much ends the look at it.
 */
final class OfficeFiles {

    private static final int MAX_ENTRIES = 5_000;

    /** Bytes of all entries together. */
    private static final long MAX_INFLATED = 256L * 1024 * 1024;

    /** How many times larger than the archive its content may be, once it is larger than {@link #ALWAYS_FINE}. */
    private static final long MAX_RATIO = 100;

    private static final long ALWAYS_FINE = 16L * 1024 * 1024;
    private static final int MAX_TYPES = 1024 * 1024;
    private static final int BUFFER = 64 * 1024;

    private static final String PACKAGE = "application/vnd.openxmlformats-officedocument.";

    /** Content type of the main part; with macros it is another one. */
    private static final Map<String, FileType> OPEN_XML = Map.of(
            PACKAGE + "wordprocessingml.document.main+xml", FileType.DOCX,
            PACKAGE + "spreadsheetml.sheet.main+xml", FileType.XLSX,
            PACKAGE + "presentationml.presentation.main+xml", FileType.PPTX);

    private static final Map<FileType, String> MAIN_PARTS =
            Map.of(FileType.DOCX, "word/", FileType.XLSX, "xl/", FileType.PPTX, "ppt/");

    private OfficeFiles() {}

    static FileType type(Path file) throws IOException, RefusedFileException {
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            if (zip.size() > MAX_ENTRIES) {
                throw new RefusedFileException(RefusedFileException.BOMB);
            }
            FileType type = structure(zip);
            inflate(zip, file.toFile().length());
            return type;
        } catch (ZipException | IllegalArgumentException | java.io.EOFException e) {
            throw new RefusedFileException(RefusedFileException.DAMAGED);
        }
    }

    private static FileType structure(ZipFile zip) throws IOException, RefusedFileException {
        Set<String> names = new HashSet<>();
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            String name = entries.nextElement().getName();
            String lower = name.toLowerCase(Locale.ROOT);
            if (name.startsWith("/") || name.contains("\\") || ("/" + name + "/").contains("/../")) {
                throw new RefusedFileException(RefusedFileException.DAMAGED);
            }
            if (!names.add(lower)) {
                // two entries of one name: one program sees this, another that
                throw new RefusedFileException(RefusedFileException.DAMAGED);
            }
            if (lower.endsWith("vbaproject.bin") || lower.startsWith("basic/") || lower.startsWith("scripts/")) {
                throw new RefusedFileException(RefusedFileException.ACTIVE);
            }
        }
        ZipEntry mimetype = zip.getEntry("mimetype");
        if (mimetype != null) {
            return openDocument(text(zip, mimetype), names);
        }
        ZipEntry types = zip.getEntry("[Content_Types].xml");
        if (types == null) {
            throw new RefusedFileException(RefusedFileException.TYPE);
        }
        return openXml(text(zip, types), names);
    }

    private static FileType openDocument(String mimetype, Set<String> names) throws RefusedFileException {
        for (FileType type : Set.of(FileType.ODT, FileType.ODS, FileType.ODP)) {
            if (mimetype.equals(type.mediaType)) {
                if (names.contains("content.xml") && names.contains("meta-inf/manifest.xml")) {
                    return type;
                }
                throw new RefusedFileException(RefusedFileException.DAMAGED);
            }
        }
        throw new RefusedFileException(RefusedFileException.TYPE);
    }

    private static FileType openXml(String types, Set<String> names) throws RefusedFileException {
        if (types.toLowerCase(Locale.ROOT).contains("macroenabled")) {
            throw new RefusedFileException(RefusedFileException.ACTIVE);
        }
        for (Map.Entry<String, FileType> known : OPEN_XML.entrySet()) {
            if (types.contains("\"" + known.getKey() + "\"") || types.contains("'" + known.getKey() + "'")) {
                String folder = MAIN_PARTS.getOrDefault(known.getValue(), "");
                if (names.contains("_rels/.rels")
                        && names.stream().anyMatch(name -> name.startsWith(folder) && name.endsWith(".xml"))) {
                    return known.getValue();
                }
                throw new RefusedFileException(RefusedFileException.DAMAGED);
            }
        }
        throw new RefusedFileException(RefusedFileException.TYPE);
    }

    private static String text(ZipFile zip, ZipEntry entry) throws IOException, RefusedFileException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MAX_TYPES + 1);
            if (bytes.length > MAX_TYPES) {
                throw new RefusedFileException(RefusedFileException.BOMB);
            }
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }

    private static void inflate(ZipFile zip, long size) throws IOException, RefusedFileException {
        long most = Math.min(MAX_INFLATED, Math.max(ALWAYS_FINE, size * MAX_RATIO));
        long inflated = 0;
        byte[] bytes = new byte[BUFFER];
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            try (InputStream in = zip.getInputStream(entries.nextElement())) {
                for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                    inflated += n;
                    if (inflated > most) {
                        throw new RefusedFileException(RefusedFileException.BOMB);
                    }
                }
            }
        }
    }
}
