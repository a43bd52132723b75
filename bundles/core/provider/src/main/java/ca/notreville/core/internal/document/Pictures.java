// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures are drawn anew: smaller if they are very large, turned as the camera held them, and with nothing of what the file told
 * beside the pixels, such as where it was taken. A moving picture becomes a still one.
 */
final class Pictures {

    /** Longest edge in pixels of what is kept. */
    static final int EDGE = 2_560;

    /** What a picture may have before it is made smaller. */
    private static final long MAX_PIXELS = 100_000_000;

    private static final float QUALITY = 0.86f;

    /** A picture takes up to 80 MB while it is drawn anew, so one after the other. */
    private static final Semaphore ONE = new Semaphore(1);

    private Pictures() {}

    static Examiner.Found clean(Path file, FileType type) throws IOException, RefusedFileException {
        ONE.acquireUninterruptibly();
        try {
            BufferedImage picture = read(file, type);
            int turn = type == FileType.JPEG ? Exif.orientation(file) : 1;
            BufferedImage ready = fit(picture, turn, type == FileType.JPEG);
            FileType kept = type == FileType.JPEG ? FileType.JPEG : FileType.PNG;
            Path clean = file.resolveSibling(file.getFileName() + ".clean");
            write(ready, kept, clean);
            return new Examiner.Found(kept, clean, ready.getWidth(), ready.getHeight());
        } finally {
            ONE.release();
        }
    }

    private static BufferedImage read(Path file, FileType type) throws IOException, RefusedFileException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(type.ending);
        if (!readers.hasNext()) {
            throw new IllegalStateException("this Java cannot read " + type);
        }
        ImageReader reader = readers.next();
        try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width < 1 || height < 1) {
                throw new RefusedFileException(RefusedFileException.DAMAGED);
            }
            if ((long) width * height > MAX_PIXELS) {
                throw new RefusedFileException(RefusedFileException.BOMB);
            }
            ImageReadParam param = reader.getDefaultReadParam();
            int every = Math.max(1, Math.max(width, height) / EDGE);
            param.setSourceSubsampling(every, every, 0, 0);
            return reader.read(0, param);
        } catch (IOException | RuntimeException e) {
            // what decoders throw at a file that is not what it says is not always an IOException
            throw new RefusedFileException(RefusedFileException.DAMAGED);
        } finally {
            reader.dispose();
        }
    }

    /** @param turn as in Exif: 1 upright, 2 to 8 mirrored and turned */
    private static BufferedImage fit(BufferedImage picture, int turn, boolean opaque) {
        double scale = Math.min(1.0, (double) EDGE / Math.max(picture.getWidth(), picture.getHeight()));
        int width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
        boolean lies = turn >= 5;
        BufferedImage ready = new BufferedImage(
                lies ? height : width,
                lies ? width : height,
                opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = ready.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.transform(turned(turn, width, height));
            graphics.drawImage(picture, 0, 0, width, height, null);
        } finally {
            graphics.dispose();
        }
        return ready;
    }

    private static AffineTransform turned(int turn, int w, int h) {
        return switch (turn) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
            default -> new AffineTransform();
        };
    }

    private static void write(BufferedImage picture, FileType type, Path to) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(type.ending).next();
        try (OutputStream out = Files.newOutputStream(to);
                MemoryCacheImageOutputStream sink = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(sink);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (type == FileType.JPEG) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(QUALITY);
            }
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
    }
}
