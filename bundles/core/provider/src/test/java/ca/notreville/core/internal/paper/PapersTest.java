// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.api.territory.Town;
import ca.notreville.core.api.verification.PostalAddress;
import ca.notreville.core.internal.paper.Papers.Size;
import ca.notreville.web.api.Messages;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PapersTest {

    private static final Locale SPANISH = Locale.forLanguageTag("es");
    private static final Locale ARABIC = Locale.forLanguageTag("ar");

    private final TerritoryService territory = mock(TerritoryService.class);
    private final Papers papers = new Papers(new Texts(), path -> "https://notreville.example.org" + path, territory);

    {
        when(territory.town()).thenReturn(new Town("Val-aux-Hérons"));
    }

    @ParameterizedTest
    @CsvSource({"fr, A4, 595, 842, Visez le carré", "en, LETTER, 612, 792, Point your telephone"})
    void aPosterIsOnePageWhoseCodeATelephoneReads(String language, Size size, int width, int height, String how)
            throws Exception {
        byte[] pdf = papers.poster(
                Locale.forLanguageTag(language),
                size,
                "Une idée <b>d’ici</b> & d’ailleurs",
                "Des bancs « où l’on s’assoit » à l’île aux Hérons",
                "/ideas/42");

        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            PDRectangle page = document.getPage(0).getMediaBox();
            assertThat(Math.round(page.getWidth())).isEqualTo(width);
            assertThat(Math.round(page.getHeight())).isEqualTo(height);
            assertThat(text(document).replace('\n', ' '))
                    .contains("Val-aux-Hérons", "Une idée <b>d’ici</b> & d’ailleurs", "où l’on s’assoit", "à l’île")
                    .contains("https://notreville.example.org/ideas/42", how);
            assertThat(scan(document, 0)).isEqualTo("https://notreville.example.org/ideas/42");
        }
    }

    @Test
    void theLongestTitleStillFitsOnOnePage() throws Exception {
        byte[] pdf =
                papers.poster(Locale.FRENCH, Size.LETTER, "Une idée", "Mieux vivre ensemble ".repeat(7), "/ideas/1");

        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
        }
    }

    @Test
    void eachLetterIsAPageInItsLanguageWithItsOwnCode() throws Exception {
        Instant now = Instant.parse("2026-05-01T12:00:00Z");
        byte[] pdf = papers.letters(List.of(
                new LetterSheet(
                        new PostalAddress("Ana <Tremblay>", "12, rue du Quai", "App. 3", "Val-aux-Hérons", "G0X 1A0"),
                        Locale.FRENCH,
                        "K7QM-2F4X",
                        now,
                        now.plusSeconds(86_400)),
                new LetterSheet(
                        new PostalAddress("Bea Roy", "1 Mill St", "", "Dunmarrow", "G0X 1B0"),
                        Locale.ENGLISH,
                        "ABCD-EFGH",
                        now,
                        now.plusSeconds(86_400))));

        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(2);
            String all = text(document);
            assertThat(all).contains("Ana <Tremblay>", "App. 3", "K7QM-2F4X", "Bonjour,", "2 mai 2026");
            assertThat(all).contains("Bea Roy", "ABCD-EFGH", "Hello,", "May 2, 2026");
            assertThat(scan(document, 1)).isEqualTo("https://notreville.example.org/members/verification");
        }
    }

    @Test
    void aPaperIsInTheLanguageOfAPackIfItsLettersCanBePrintedAndElseInFrench() {
        Instant now = Instant.parse("2026-05-01T16:00:00Z");

        assertThat(papers.texts(SPANISH).tag()).isEqualTo("es");
        assertThat(papers.texts(SPANISH).date(now)).isEqualTo("1 de mayo de 2026");
        assertThat(papers.texts(ARABIC).tag()).isEqualTo("fr");
        assertThat(papers.texts(ARABIC).date(now)).isEqualTo("1 mai 2026");
        assertThat(papers.texts(Locale.forLanguageTag("pt")).tag())
                .as("whose pack is gone")
                .isEqualTo("fr");
    }

    private static String text(PDDocument document) throws IOException {
        return new PDFTextStripper().getText(document).replace('\u00A0', ' ');
    }

    private static String scan(PDDocument document, int page) throws Exception {
        BufferedImage image = new PDFRenderer(document).renderImageWithDPI(page, 150);
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))))
                .getText();
    }

    /** The module's own messages; those of papers have at most one argument. */
    private static final class Texts implements Messages {
        private final Map<String, Properties> known = Map.of("fr", read("fr"), "en", read("en"));

        private static Properties read(String language) {
            Properties read = new Properties();
            try (Reader reader = Files.newBufferedReader(
                    Path.of("src/main/resources/i18n/core-verification_" + language + ".properties"))) {
                read.load(reader);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return read;
        }

        @Override
        public List<Locale> languages() {
            return List.of(Locale.FRENCH, Locale.ENGLISH, SPANISH, ARABIC);
        }

        @Override
        public String text(Locale language, String key, Map<String, ?> arguments) {
            String text = known.getOrDefault(language.getLanguage(), read("fr")).getProperty(key, key);
            for (Map.Entry<String, ?> argument : arguments.entrySet()) {
                text = text.replace("{" + argument.getKey() + "}", String.valueOf(argument.getValue()));
            }
            return text;
        }

        @Override
        public boolean has(String key) {
            return known.getOrDefault("fr", new Properties()).containsKey(key);
        }
    }
}
