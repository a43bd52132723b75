// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import ca.notreville.web.api.Visit;
import com.ibm.icu.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Dates and numbers as people read them, in the municipality's time zone. */
public final class Dates {

    private static final Duration RECENT = Duration.ofDays(28);

    private final Clock clock;
    private final DateTimeFormatter frenchDate;
    private final DateTimeFormatter englishDate;
    private final DateTimeFormatter frenchTime;
    private final DateTimeFormatter englishTime;

    public Dates(Clock clock, ZoneId zone) {
        this.clock = clock;
        frenchDate = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(Locale.CANADA_FRENCH)
                .withZone(zone);
        englishDate = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(Locale.CANADA)
                .withZone(zone);
        frenchTime =
                DateTimeFormatter.ofPattern("H' h 'mm", Locale.CANADA_FRENCH).withZone(zone);
        englishTime = DateTimeFormatter.ofPattern("h:mm a", Locale.CANADA).withZone(zone);
    }

    private static boolean french(Locale locale) {
        return locale.getLanguage().equals("fr");
    }

    String date(Instant moment, Locale locale) {
        if (!french(locale)) {
            return englishDate.format(moment);
        }
        String date = frenchDate.format(moment);
        // the first of a month is an ordinal, which the JDK does not know
        return date.startsWith("1 ") ? "1er" + date.substring(1) : date;
    }

    String dateTime(Instant moment, Locale locale) {
        return date(moment, locale) + ", " + (french(locale) ? frenchTime : englishTime).format(moment);
    }

    String ago(Instant moment, Visit visit) {
        Duration age = Duration.between(moment, clock.instant());
        boolean toCome = age.isNegative() && age.abs().toMinutes() > 1;
        if (toCome || age.compareTo(RECENT) > 0) {
            return date(moment, visit.locale());
        }
        long minutes = Math.max(0, age.toMinutes());
        if (minutes < 1) {
            return visit.text("web.ago.now");
        } else if (minutes < 60) {
            return visit.text("web.ago.minutes", "n", minutes);
        } else if (minutes < 24 * 60) {
            return visit.text("web.ago.hours", "n", minutes / 60);
        }
        return visit.text("web.ago.days", "n", minutes / (24 * 60));
    }

    String number(long value, Locale locale) {
        return value >= 0 && value < 1000
                ? Long.toString(value)
                : NumberFormat.getInstance(french(locale) ? Locale.CANADA_FRENCH : Locale.CANADA)
                        .format(value);
    }
}
