// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import javax.sql.DataSource;

/** Small files of every type, and some that are not what they say. */
public final class Samples {

    static final byte[] PDF = latin(
            String.join("\n", "%PDF-1.7", "1 0 obj", "<< /Type /Catalog >>", "endobj", "trailer", "<<>>", "%%EOF"));

    private Samples() {}

    /** Contents in a folder of the test. */
    public static Blobs blobs(DataSource dataSource, Path folder, Clock clock) {
        return new Blobs(dataSource, new FileDocumentStore(folder.resolve("documents")), clock);
    }

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] picture(String format, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width / 2; x++) {
            for (int y = 0; y < height / 2; y++) {
                image.setRGB(x, y, 0xFF0000);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A JPEG as a phone makes it: told to be turned, and where it was taken. */
    static byte[] photo(int width, int height, int orientation) {
        byte[] jpeg = picture("jpg", width, height);
        ByteBuffer exif = ByteBuffer.allocate(80).order(ByteOrder.BIG_ENDIAN);
        exif.put(latin("Exif\0\0MM\0*")).putInt(8).putShort((short) 1);
        exif.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        exif.putInt(0).put(latin("GPS 45.5088 N 73.5540 W"));
        byte[] segment = new byte[exif.position()];
        exif.flip().get(segment);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.write(0xFF);
        out.write(0xE1);
        out.write(segment.length + 2 >> 8);
        out.write(segment.length + 2 & 0xFF);
        out.writeBytes(segment);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : new java.util.TreeMap<>(entries).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] odt() {
        return zip(Map.of(
                "mimetype", latin("application/vnd.oasis.opendocument.text"),
                "content.xml", latin("<office:document-content/>"),
                "META-INF/manifest.xml", latin("<manifest/>")));
    }

    static byte[] docx(Map<String, byte[]> more) {
        Map<String, byte[]> entries = new java.util.HashMap<>(more);
        entries.putIfAbsent(
                "[Content_Types].xml",
                latin("<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-"
                        + "officedocument.wordprocessingml.document.main+xml\"/></Types>"));
        entries.putIfAbsent("_rels/.rels", latin("<Relationships/>"));
        entries.putIfAbsent("word/document.xml", latin("<w:document/>"));
        return zip(entries);
    }

    /** Lossy, 4 by 2 pixels as its header says, with Exif behind. */
    static byte[] webp() {
        ByteBuffer out = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        out.put(latin("RIFF")).putInt(0).put(latin("WEBP"));
        out.put(latin("VP8X")).putInt(10).put((byte) 0x08).put(new byte[] {0, 0, 0, 3, 0, 0, 1, 0, 0});
        out.put(latin("VP8 ")).putInt(12).put(new byte[] {0, 0, 0, (byte) 0x9d, 1, 0x2a, 4, 0, 2, 0, 9, 9});
        out.put(latin("EXIF")).putInt(11).put(latin("GPS 45 N 73")).put((byte) 0);
        int size = out.position();
        out.putInt(4, size - 8);
        byte[] bytes = new byte[size];
        out.flip().get(bytes);
        return bytes;
    }
}
