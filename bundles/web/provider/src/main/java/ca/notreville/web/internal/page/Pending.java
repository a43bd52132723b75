// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import ca.notreville.web.api.Form;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that a person began before they had signed in, or after their session had ended: it is carried through the
 * sign-in pages and put before them again, so that nothing typed is lost. Nothing is done until they confirm it, in a form of
 * their new session; so what is packed here need not be trusted.
 *
 * @param path where the form was posted to
 * @param fields what it held, the token and passwords left out
 */
public record Pending(String path, Map<String, List<String>> fields) {

    /** Name of the hidden field that carries it. */
    public static final String FIELD = "pending";

    /** Name of the field with the page to go to after sign-in. */
    public static final String NEXT = "next";

    /** Hidden field of forms that must not be taken twice, with a value of each page's own. */
    public static final String ONCE = "once";

    private static final String CSRF = "csrf";

    /** In the name of a field that must be typed again: it is neither shown nor carried along. */
    private static final String SECRET = "password";

    private static final int MAX_PACKED = 200_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, List<String>>> FIELDS = new TypeReference<>() {};

    public static Pending of(String path, Form form) {
        Map<String, List<String>> fields = new LinkedHashMap<>(form.values());
        fields.keySet()
                .removeIf(name -> name.equals(CSRF)
                        || name.equals(ONCE)
                        || name.toLowerCase(Locale.ROOT).contains(SECRET));
        return new Pending(path, fields);
    }

    public String pack() {
        try {
            Map<String, List<String>> all = new LinkedHashMap<>();
            all.put("", List.of(path));
            all.putAll(fields);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(MAPPER.writeValueAsBytes(all));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Optional<Pending> unpack(String packed) {
        if (packed.isEmpty() || packed.length() > MAX_PACKED) {
            return Optional.empty();
        }
        try {
            Map<String, List<String>> read =
                    MAPPER.readValue(Base64.getUrlDecoder().decode(packed), FIELDS);
            if (read == null || hasNulls(read)) {
                return Optional.empty();
            }
            Map<String, List<String>> all = new LinkedHashMap<>(read);
            List<String> path = all.remove("");
            return path == null || path.size() != 1 || !local(path.get(0))
                    ? Optional.empty()
                    : Optional.of(new Pending(path.get(0), all));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** JSON may say null where a value belongs. */
    private static boolean hasNulls(Map<String, List<String>> fields) {
        return fields.values().stream()
                .anyMatch(all -> all == null || all.stream().anyMatch(Objects::isNull));
    }

    /** The page to go to, if it is one of this site. */
    static Optional<String> next(Form form) {
        return Optional.of(form.value(NEXT)).filter(Pending::local);
    }

    /** Texts that the person typed, to show them: those with a blank in them or of some length. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        fields.values().forEach(all -> all.stream()
                .filter(t -> t.strip().length() > 12 || t.strip().contains(" "))
                .forEach(texts::add));
        return texts;
    }

    private static boolean local(String path) {
        return path.startsWith("/")
                && !path.startsWith("//")
                && !path.contains("\\")
                && path.chars().allMatch(c -> c > ' ')
                && path.length() <= 500;
    }
}
