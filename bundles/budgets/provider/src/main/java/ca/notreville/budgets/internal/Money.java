// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts as people write them. */
public final class Money {

    private static final Pattern NOT_READ = Pattern.compile("[\\s\\u00A0\\u202F$’']");
    private static final Pattern GROUPED = Pattern.compile("[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]{1,2})?");
    private static final Pattern PLAIN = Pattern.compile("[0-9]{1,15}([.,][0-9]{1,2})?");

    private Money() {}

    /** {@code 250 000,50 $}, {@code $250,000.50} or {@code 250000.5}, in cents; empty for anything else. */
    public static OptionalLong cents(@Nullable String written) {
        String plain = written == null ? "" : NOT_READ.matcher(written).replaceAll("");
        if (GROUPED.matcher(plain).matches()) {
            plain = plain.replace(",", "");
        }
        return PLAIN.matcher(plain).matches()
                ? OptionalLong.of(new BigDecimal(plain.replace(',', '.'))
                        .movePointRight(2)
                        .longValueExact())
                : OptionalLong.empty();
    }

    /** {@code 250000} or {@code 250000.50}, for files and fields. */
    public static String plain(long cents) {
        BigDecimal amount = BigDecimal.valueOf(cents, 2);
        return cents % 100 == 0 ? amount.setScale(0).toPlainString() : amount.toPlainString();
    }
}
