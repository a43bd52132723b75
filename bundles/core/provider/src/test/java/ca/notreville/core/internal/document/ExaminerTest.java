// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExaminerTest {

    private Path folder;

    @BeforeEach
    void start(@TempDir Path temporary) {
        folder = temporary;
    }

    private Examiner.Found examine(byte[] content, String name) throws Exception {
        return Examiner.examine(Files.write(folder.resolve("upload"), content), name);
    }

    private void refused(byte[] content, String name, String code) {
        assertThatThrownBy(() -> examine(content, name))
                .isInstanceOf(RefusedFileException.class)
                .hasMessage(code);
    }

    @Test
    void whatAFileIsSaysItsContentAndNotItsName() throws Exception {
        assertThat(examine(Samples.PDF, "photo.jpg").type()).isEqualTo(FileType.PDF);
        assertThat(examine(Samples.odt(), "lettre.pdf").type()).isEqualTo(FileType.ODT);
        assertThat(examine(Samples.docx(Map.of()), "x").type()).isEqualTo(FileType.DOCX);
        assertThat(examine(Samples.picture("png", 4, 2), "plan.pdf").type()).isEqualTo(FileType.PNG);
        assertThat(FileType.PDF.name("photo.jpg")).isEqualTo("photo.pdf");
        assertThat(FileType.JPEG.name("photo.jpeg")).isEqualTo("photo.jpeg");
        assertThat(FileType.ODT.name("Compte rendu n. 3 du comité")).isEqualTo("Compte rendu n. 3 du comité.odt");
    }

    @Test
    void plainTextIsTakenInUtf8AndInTheAlphabetOfWindows() throws Exception {
        String text = "Rue;Passages\nde l’Église;12\nde l'Île;7\n";
        assertThat(examine(text.getBytes(StandardCharsets.UTF_8), "rues.CSV").type())
                .isEqualTo(FileType.CSV);
        assertThat(examine(text.getBytes(Charset.forName("windows-1252")), "rues.txt")
                        .type())
                .isEqualTo(FileType.TEXT);
        assertThat(examine("é".repeat(100_000).getBytes(StandardCharsets.UTF_8), "long.txt")
                        .type())
                .isEqualTo(FileType.TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
                "<?xml version='1.0'?><svg/>",
                "  \n<!DOCTYPE html><p>",
                "\u00ef\u00bb\u00bf<html>",
                "<!-- --><script>alert(1)</script>",
                "MZ\u0090\u0000\u0003 a program",
                "\u007fELF\u0002\u0001"
            })
    void drawingsPagesAndProgramsAreRefusedWhateverTheirName(String content) {
        refused(Samples.latin(content), "notes.txt", RefusedFileException.TYPE);
        refused(Samples.latin(content), "plan.png", RefusedFileException.TYPE);
    }

    @Test
    void archivesThatAreNoOfficeFilesAreRefused() {
        refused(Samples.zip(Map.of("a.txt", Samples.latin("a"))), "a.docx", RefusedFileException.TYPE);
        refused(
                Samples.zip(Map.of("mimetype", Samples.latin("application/epub+zip"))),
                "a.odt",
                RefusedFileException.TYPE);
        refused(
                Samples.zip(Map.of("mimetype", Samples.latin("application/vnd.oasis.opendocument.text"))),
                "a.odt",
                RefusedFileException.DAMAGED);
        refused(Samples.docx(Map.of("../../etc/passwd", new byte[1])), "a.docx", RefusedFileException.DAMAGED);
        refused(Samples.docx(Map.of("WORD/document.xml", new byte[1])), "a.docx", RefusedFileException.DAMAGED);
        byte[] cut = Samples.odt();
        refused(java.util.Arrays.copyOf(cut, cut.length - 30), "a.odt", RefusedFileException.DAMAGED);
    }

    @Test
    void macrosAreRefused() {
        refused(Samples.docx(Map.of("word/vbaProject.bin", new byte[9])), "a.docx", RefusedFileException.ACTIVE);
        refused(
                Samples.docx(Map.of(
                        "[Content_Types].xml",
                        Samples.latin(
                                "<Types ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/>"))),
                "a.docx",
                RefusedFileException.ACTIVE);
    }

    @Test
    void aBombIsLeftBeforeItHasExploded() {
        byte[] bomb = Samples.docx(Map.of("word/media/zeros.bin", new byte[64 * 1024 * 1024]));
        assertThat(bomb.length).isLessThan(200_000);
        refused(bomb, "a.docx", RefusedFileException.BOMB);
    }

    @Test
    void aPdfThatIsCutOffIsRefused() {
        refused(java.util.Arrays.copyOf(Samples.PDF, 40), "a.pdf", RefusedFileException.DAMAGED);
    }

    @Test
    void aPhotoIsTurnedAsItWasHeldAndForgetsWhereItWasTaken() throws Exception {
        byte[] photo = Samples.photo(40, 20, 6);
        assertThat(new String(photo, StandardCharsets.ISO_8859_1)).contains("GPS");

        Examiner.Found found = examine(photo, "IMG_1.jpg");

        assertThat(found.type()).isEqualTo(FileType.JPEG);
        assertThat(found.width()).isEqualTo(20);
        assertThat(found.height()).isEqualTo(40);
        assertThat(Files.readString(found.file(), StandardCharsets.ISO_8859_1)).doesNotContain("GPS", "Exif");
        BufferedImage upright = ImageIO.read(found.file().toFile());
        // the red quarter was at the top left; turned to the right it is at the top right
        assertThat(upright.getRGB(16, 4) >> 16 & 0xFF).isGreaterThan(200);
        assertThat(upright.getRGB(4, 4) >> 16 & 0xFF).isLessThan(60);
    }

    @Test
    void aVeryLargePictureIsMadeSmaller() throws Exception {
        Examiner.Found found = examine(Samples.picture("png", 6_000, 300), "panorama.png");
        assertThat(found.width()).isEqualTo(Pictures.EDGE);
        assertThat(found.height()).isEqualTo(128);
    }

    @Test
    void aPictureThatWouldFillTheMemoryIsRefusedByItsHeader() {
        byte[] png = Samples.picture("png", 2, 2);
        java.nio.ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(png, 12, 17);
        java.nio.ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        refused(png, "a.png", RefusedFileException.BOMB);
    }

    @Test
    void aPictureThatOnlyBeginsLikeOneIsRefused() {
        refused(Samples.latin("\u0089PNG\r\n\u001a\n<svg onload=alert(1)>"), "a.png", RefusedFileException.DAMAGED);
        refused(Samples.latin("GIF89a<script>alert(1)</script>"), "a.gif", RefusedFileException.DAMAGED);
        refused(Samples.latin("\u00ff\u00d8\u00ff\u00e0 nothing"), "a.jpg", RefusedFileException.DAMAGED);
        refused(Samples.latin("RIFF\u0004\0\0\0WEBP"), "a.webp", RefusedFileException.DAMAGED);
    }

    @Test
    void aGifBecomesAStillPicture() throws Exception {
        assertThat(examine(Samples.picture("gif", 8, 8), "a.gif").type()).isEqualTo(FileType.PNG);
    }

    @Test
    void aWebpKeepsItsPictureAndNothingElse() throws Exception {
        Examiner.Found found = examine(Samples.webp(), "a.webp");

        assertThat(found.type()).isEqualTo(FileType.WEBP);
        assertThat(found.width()).isEqualTo(4);
        assertThat(found.height()).isEqualTo(2);
        byte[] kept = Files.readAllBytes(found.file());
        assertThat(new String(kept, StandardCharsets.ISO_8859_1))
                .contains("VP8 ")
                .doesNotContain("EXIF", "GPS");
        assertThat(kept[20]).as("nothing is announced").isZero();
        assertThat(java.nio.ByteBuffer.wrap(kept)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .getInt(4))
                .isEqualTo(kept.length - 8);
    }
}
