// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.paper;

import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.language.Languages;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.web.api.Messages;
import ca.notreville.web.api.Site;
import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.openhtmltopdf.extend.FSTextBreaker;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.text.BreakIterator;
import java.text.DateFormatSymbols;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What is printed: posters and letters, as PDF. The templates are this bundle's own; what people wrote is escaped in them. */
@Component(service = Papers.class)
public final class Papers {

    /** Sizes of paper. */
    public enum Size {
        A4,
        LETTER;

        /** As CSS and addresses have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MODULE_PIXELS = 10;
    private static final int QUIET_MODULES = 4;
    private static final ZoneId ZONE = ZoneId.of("America/Toronto");

    private final Messages messages;
    private final Site site;
    private final TerritoryService territory;

    static {
        XRLog.setLoggingEnabled(false);
    }

    @Activate
    public Papers(@Reference Messages messages, @Reference Site site, @Reference TerritoryService territory) {
        this.messages = messages;
        this.site = site;
        this.territory = territory;
    }

    /** The texts of a template, in one language. */
    public final class Texts {
        private final Locale language;

        Texts(Locale wanted) {
            Locale spoken = Languages.spoken(messages, wanted);
            language = printable(spoken) ? spoken : Locale.FRENCH;
        }

        public String tag() {
            return language.toLanguageTag();
        }

        public String town() {
            return territory.town().name();
        }

        public String text(String key) {
            return messages.text(language, key, Map.of());
        }

        public String text(String key, String name, String value) {
            return messages.text(language, key, Map.of(name, value));
        }

        public String date(Instant moment) {
            return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                    .withLocale(conventions())
                    .format(moment.atZone(ZONE));
        }

        private Locale conventions() {
            return switch (language.getLanguage()) {
                case "en" -> Locale.CANADA;
                case "fr" -> Locale.CANADA_FRENCH;
                default -> List.of(Locale.getAvailableLocales()).contains(language) ? language : Locale.CANADA_FRENCH;
            };
        }

        public String address(String path) {
            return site.address(path);
        }

        /** A picture of the address for telephones, as an address of itself. */
        public String code(String path) {
            return qr(site.address(path));
        }
    }

    /**
     * A poster of one page.
     *
     * @param above what it is about, e.g. the kind of initiative or "in the neighbourhood"
     * @param title of the initiative or neighbourhood
     * @param path on this site
     */
    public byte[] poster(Locale language, Size size, String above, String title, String path) {
        return pdf(new StaticTemplates()
                .poster(new Texts(language), size.word(), above, title, path)
                .render());
    }

    /** One page a letter, in the language of each. */
    public byte[] letters(List<LetterSheet> sheets) {
        return pdf(new StaticTemplates().residenceLetters(this, sheets).render());
    }

    /** For a template with several languages. */
    public Texts texts(Locale language) {
        return new Texts(language);
    }

    /** Whether the fonts that every reader of PDF has can write this language: told by its months and days. */
    private static boolean printable(Locale language) {
        CharsetEncoder letters = Charset.forName("windows-1252").newEncoder();
        DateFormatSymbols words = DateFormatSymbols.getInstance(language);
        return letters.canEncode(String.join("", words.getMonths()) + String.join("", words.getWeekdays()));
    }

    private static byte[] pdf(String html) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            PdfRendererBuilder builder = new PdfRendererBuilder();
            builder.useFastMode();
            builder.useUnicodeLineBreaker(new Words());
            // nothing is ever fetched, whatever a template should come to name
            builder.useUriResolver((base, uri) -> uri.startsWith("data:image/png;") ? uri : null);
            // the fonts that every reader of PDF has know no narrow no-break space
            builder.withHtmlContent(html.replace('\u202F', '\u00A0').strip(), "");
            builder.toStream(out);
            builder.run();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks lines between words only: the usual one also breaks after the apostrophe of {@code l’île}. */
    private static final class Words implements FSTextBreaker {
        private String text = "";
        private int at;

        @Override
        public void setText(String newText) {
            text = newText;
            at = 0;
        }

        @Override
        public int next() {
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == ' ' || c == '-' || c == '/') {
                    return at;
                }
            }
            return BreakIterator.DONE;
        }
    }

    static String qr(String address) {
        try {
            BitMatrix matrix = new QRCodeWriter()
                    .encode(
                            address,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(
                                    EncodeHintType.ERROR_CORRECTION,
                                    ErrorCorrectionLevel.M,
                                    EncodeHintType.MARGIN,
                                    QUIET_MODULES,
                                    EncodeHintType.CHARACTER_SET,
                                    "UTF-8"));
            int side = matrix.getWidth() * MODULE_PIXELS;
            BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    image.setRGB(x, y, matrix.get(x / MODULE_PIXELS, y / MODULE_PIXELS) ? 0xFF000000 : 0xFFFFFFFF);
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "png", out);
            return "data:image/png;base64," + Base64.getEncoder().encodeToString(out.toByteArray());
        } catch (WriterException e) {
            throw new IllegalArgumentException(address, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
