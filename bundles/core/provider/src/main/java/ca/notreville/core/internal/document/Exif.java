// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one thing that is worth knowing of what a camera writes beside the pixels: how it was held. */
final class Exif {

    private static final int START_OF_SCAN = 0xDA;
    private static final int APP1 = 0xE1;
    private static final int ORIENTATION = 0x0112;
    private static final int ENTRY = 12;
    private static final int TIFF = 6;

    private Exif() {}

    /** 1 to 8; 1 if nothing, or nothing that makes sense, is written. */
    static int orientation(Path jpeg) throws IOException {
        try (DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(Files.newInputStream(jpeg)))) {
            in.skipNBytes(2);
            while (in.read() == 0xFF) {
                int marker = in.read();
                while (marker == 0xFF) {
                    marker = in.read();
                }
                if (marker == START_OF_SCAN || marker < 0) {
                    return 1;
                }
                int length = in.readUnsignedShort() - 2;
                if (length < 0) {
                    return 1;
                }
                if (marker == APP1) {
                    byte[] segment = in.readNBytes(length);
                    if (Examiner.starts(segment, "Exif\u0000\u0000")) {
                        return read(segment);
                    }
                } else {
                    in.skipNBytes(length);
                }
            }
            return 1;
        } catch (EOFException e) {
            return 1;
        }
    }

    private static int read(byte[] segment) {
        ByteBuffer tiff = ByteBuffer.wrap(segment, TIFF, segment.length - TIFF).slice();
        if (tiff.remaining() < 8) {
            return 1;
        }
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int at = tiff.getInt(4);
        if (at < 8 || at > tiff.limit() - 2) {
            return 1;
        }
        int entries = tiff.getShort(at) & 0xFFFF;
        for (int i = 0; i < entries && at + 2 + (i + 1) * ENTRY <= tiff.limit(); i++) {
            int entry = at + 2 + i * ENTRY;
            if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION) {
                int turn = tiff.getShort(entry + 8) & 0xFFFF;
                return turn >= 1 && turn <= 8 ? turn : 1;
            }
        }
        return 1;
    }
}
