// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import ca.notreville.web.api.Visit;
import ca.notreville.web.internal.i18n.Conventions;
import com.ibm.icu.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Dates and numbers as people read them, in the municipality's time zone. */
public final class Dates {

    private static final Duration RECENT = Duration.ofDays(28);

    private final Clock clock;
    private final ZoneId zone;

    /** Language → its forms; as many as there are languages installed. */
    private final Map<String, Forms> forms = new ConcurrentHashMap<>();

    private record Forms(DateTimeFormatter date, DateTimeFormatter dateTime) {}

    public Dates(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    private static boolean french(Locale conventions) {
        return conventions.getLanguage().equals("fr");
    }

    private Forms forms(Locale locale) {
        return forms.computeIfAbsent(locale.getLanguage(), language -> {
            Locale conventions = Conventions.of(language);
            DateTimeFormatter date =
                    DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(conventions);
            DateTimeFormatter both;
            if (french(conventions)) {
                date = DateTimeFormatter.ofPattern("d MMMM yyyy", conventions);
                both = DateTimeFormatter.ofPattern("d MMMM yyyy, H' h 'mm", conventions);
            } else if (language.equals("en")) {
                both = DateTimeFormatter.ofPattern("MMMM d, yyyy, h:mm a", conventions);
            } else {
                both = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                        .withLocale(conventions);
            }
            return new Forms(date.withZone(zone), both.withZone(zone));
        });
    }

    String date(Instant moment, Locale locale) {
        return said(forms(locale).date, moment);
    }

    String dateTime(Instant moment, Locale locale) {
        return said(forms(locale).dateTime, moment);
    }

    /** The first of a month is an ordinal in French, which the JDK does not know. */
    private static String said(DateTimeFormatter form, Instant moment) {
        String said = form.format(moment);
        return french(form.getLocale()) && said.startsWith("1 ") ? "1er" + said.substring(1) : said;
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
                : NumberFormat.getInstance(Conventions.of(locale.getLanguage())).format(value);
    }
}
