// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.error;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cleans and checks the fields of one draft and gathers every error, so that a person is told all of them at once.
 *
 * <pre>
 * Fields fields = new Fields();
 * title = fields.text("title", title, 5, 150);
 * fields.verify();
 * </pre>
 *
 * Not safe for several threads; made for one use.
 */
public final class Fields {

    /**
     * Controls other than line feed and tab, the marks that reverse the direction of what follows, and what pasted text brings
     * along between letters without being seen (soft hyphen, zero-width space, word joiner).
     */
    private static final Pattern UNWANTED = Pattern.compile(
            "[\\p{Cc}&&[^\\n\\t]]" + "|[\\u00AD\\u200B\\u2060\\u202A-\\u202E\\u2066-\\u2069\\uFEFF\\uFFFE\\uFFFF]");

    private static final Pattern LINE_END = Pattern.compile("\\r\\n?");
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern LONE_SURROGATE =
            Pattern.compile("[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]");
    private static final String NOT_IN_EMAIL = "\\s@<>\"(),:;\\[\\]\\\\";
    private static final Pattern EMAIL =
            Pattern.compile("[^" + NOT_IN_EMAIL + "]{1,64}@[^." + NOT_IN_EMAIL + "]+(\\.[^." + NOT_IN_EMAIL + "]+)+");
    private static final int MAX_EMAIL = 254;

    private final List<FieldError> errors = new ArrayList<>();

    /**
     * A text of several lines.
     *
     * @param min fewest characters (code points) after cleaning; 0 makes the field optional
     * @param max most characters (code points) after cleaning
     * @return the text in NFC, without control characters and outer blanks; "" if it was missing
     */
    public String text(String field, @Nullable String value, int min, int max) {
        String clean = clean(value);
        int length = clean.codePointCount(0, clean.length());
        if (min > 0 && length == 0) {
            add(field, "required", Map.of());
        } else if (length < min) {
            add(field, "too-short", Map.of("min", min));
        } else if (length > max) {
            add(field, "too-long", Map.of("max", max, "length", length));
        }
        return clean;
    }

    /** As {@link #text}, on one line: blanks of any kind and number become one space. */
    public String line(String field, @Nullable String value, int min, int max) {
        // cleaned first: what is taken out may have parted two blanks
        return text(field, BLANK.matcher(clean(value)).replaceAll(" "), min, max);
    }

    /** An e-mail address of 254 characters at most, in lower case, as the unique key of an account. */
    public String email(String field, @Nullable String value) {
        String email = line(field, value, 1, Integer.MAX_VALUE).toLowerCase(java.util.Locale.ROOT);
        // in UTF-16 units, which lower case may add to: an address is a key, whose column is no wider than that
        if (email.length() > MAX_EMAIL) {
            add(field, "too-long", Map.of("max", MAX_EMAIL, "length", email.length()));
        } else if (!email.isEmpty() && !EMAIL.matcher(email).matches()) {
            add(field, "email", Map.of());
        }
        return email;
    }

    /** One of the allowed values; missing is {@code null} and allowed. */
    public @Nullable String oneOf(String field, @Nullable String value, Collection<String> allowed) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (!allowed.contains(value)) {
            add(
                    field,
                    "not-one-of",
                    Map.of(
                            "allowed",
                            String.join(", ", allowed.stream().limit(40).toList())));
        }
        return value;
    }

    /** One of the allowed values, required. */
    public String choice(String field, @Nullable String value, Collection<String> allowed) {
        String choice = oneOf(field, value, allowed);
        if (choice == null) {
            add(field, "required", Map.of());
            return "";
        }
        return choice;
    }

    public void add(String field, String code, Map<String, Object> arguments) {
        errors.add(new FieldError(field, code, arguments));
    }

    /** Whether anything was gathered, to leave out what would be for nothing. */
    public boolean failed() {
        return !errors.isEmpty();
    }

    /** @throws InvalidException with all that was gathered, if anything was */
    public void verify() {
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
    }

    /** @return the text in NFC, lines ended by line feeds, without control characters and outer blanks */
    public static String clean(@Nullable String value) {
        if (value == null) {
            return "";
        }
        String clean = LINE_END.matcher(value).replaceAll("\n");
        clean = UNWANTED.matcher(clean).replaceAll("");
        clean = LONE_SURROGATE.matcher(clean).replaceAll("\uFFFD");
        return strip(Normalizer.normalize(clean, Normalizer.Form.NFC));
    }

    /** Without outer blanks of any kind, no-break spaces among them; "" if nothing of it can be seen. */
    private static String strip(String text) {
        if (text.codePoints().allMatch(c -> isBlank(c) || Character.getType(c) == Character.FORMAT)) {
            return "";
        }
        int from = 0;
        int to = text.length();
        while (isBlank(text.charAt(from))) {
            from++;
        }
        while (isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** All blanks are in the basic plane. */
    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
