// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/**
 * WebP, which Java cannot draw: the container is written anew with the chunks that make up the picture and no other, so that
 * neither Exif nor XMP nor anything unknown is left.
 */
final class WebpFiles {

    private static final int CHUNK = 8;
    private static final int HEADER = 12;
    private static final int EXTENDED = 10;

    /** Bits of the extended header that announce what is left out: Exif and XMP. */
    private static final int ANNOUNCED = 0x08 | 0x04;

    private static final long MAX_PIXELS = 100_000_000;
    private static final Set<String> PICTURE = Set.of("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP");

    private WebpFiles() {}

    static Examiner.Found clean(Path file) throws IOException, RefusedFileException {
        Path clean = file.resolveSibling(file.getFileName() + ".clean");
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r");
                RandomAccessFile out = new RandomAccessFile(clean.toFile(), "rw")) {
            out.setLength(0);
            out.write("RIFF\0\0\0\0WEBP".getBytes(StandardCharsets.ISO_8859_1));
            long end = Math.min(in.length(), CHUNK + riffSize(in));
            int[] size = {0, 0};
            boolean pixels = false;
            for (long at = HEADER; at + CHUNK <= end; ) {
                in.seek(at);
                byte[] head = new byte[CHUNK];
                in.readFully(head);
                String name = new String(head, 0, 4, StandardCharsets.ISO_8859_1);
                long length = little(head, 4) & 0xFFFFFFFFL;
                long padded = length + (length & 1);
                if (at + CHUNK + length > end) {
                    throw new RefusedFileException(RefusedFileException.DAMAGED);
                }
                if (PICTURE.contains(name)) {
                    copy(in.getChannel(), at, Math.min(CHUNK + padded, end - at), out, CHUNK + padded);
                    if (name.equals("VP8X")) {
                        extended(out, out.length() - padded, size);
                    } else if (size[0] == 0 && name.startsWith("VP8")) {
                        in.seek(at + CHUNK);
                        byte[] start = new byte[(int) Math.min(length, EXTENDED)];
                        in.readFully(start);
                        measure(name, start, size);
                    }
                    pixels |= name.equals("VP8 ") || name.equals("VP8L") || name.equals("ANMF");
                }
                at += CHUNK + padded;
            }
            if (!pixels || size[0] < 1 || size[1] < 1) {
                throw new RefusedFileException(RefusedFileException.DAMAGED);
            }
            if ((long) size[0] * size[1] > MAX_PIXELS) {
                throw new RefusedFileException(RefusedFileException.BOMB);
            }
            out.seek(4);
            out.write(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) (out.length() - CHUNK))
                    .array());
            return new Examiner.Found(FileType.WEBP, clean, size[0], size[1]);
        }
    }

    private static long riffSize(RandomAccessFile in) throws IOException {
        in.seek(0);
        byte[] head = new byte[HEADER];
        in.readFully(head);
        return little(head, 4) & 0xFFFFFFFFL;
    }

    private static int little(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    private static void copy(FileChannel from, long at, long bytes, RandomAccessFile to, long padded)
            throws IOException {
        long start = to.length();
        FileChannel channel = to.getChannel();
        channel.position(start);
        for (long done = 0; done < bytes; ) {
            done += from.transferTo(at + done, bytes - done, channel);
        }
        to.setLength(start + padded);
    }

    /** Takes back the announcements, and reads the size of the canvas. */
    private static void extended(RandomAccessFile out, long at, int[] size) throws IOException, RefusedFileException {
        if (out.length() - at < EXTENDED) {
            throw new RefusedFileException(RefusedFileException.DAMAGED);
        }
        byte[] header = new byte[EXTENDED];
        out.seek(at);
        out.readFully(header);
        header[0] &= (byte) ~ANNOUNCED;
        out.seek(at);
        out.write(header);
        size[0] = 1 + (little(header, 4) & 0xFFFFFF);
        size[1] = 1 + (little(header, 6) >>> 8);
    }

    private static void measure(String name, byte[] start, int[] size) throws RefusedFileException {
        if (name.equals("VP8L") && start.length >= 5 && start[0] == 0x2f) {
            int bits = little(start, 1);
            size[0] = 1 + (bits & 0x3FFF);
            size[1] = 1 + (bits >>> 14 & 0x3FFF);
        } else if (name.equals("VP8 ") && start.length >= EXTENDED && Examiner.at(start, 3, "\u009d\u0001\u002a")) {
            size[0] = (start[6] & 0xFF) | (start[7] & 0x3F) << 8;
            size[1] = (start[8] & 0xFF) | (start[9] & 0x3F) << 8;
        } else {
            throw new RefusedFileException(RefusedFileException.DAMAGED);
        }
    }
}
