// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The messages of a module, {@code src/main/resources/i18n/<module>_<language>.properties}: each language has the same keys
 * with the same arguments, and what the module's code and templates name is there.
 *
 * <pre>
 * &#64;Test
 * void everyMessageIsThereInBothLanguages() {
 *     MessageFiles.of("ideas").verify();
 * }
 * </pre>
 */
public final class MessageFiles {

    private static final Pattern ARGUMENT = Pattern.compile("([A-Za-z][A-Za-z0-9]*)\\s*([,}].*)?", Pattern.DOTALL);

    private final String module;
    private final Path root;

    private MessageFiles(String module, Path root) {
        this.module = module;
        this.root = root;
    }

    /** Of the module in whose folder the test runs. */
    public static MessageFiles of(String module) {
        return in(Path.of(""), module);
    }

    /** Of the module in this folder. */
    public static MessageFiles in(Path root, String module) {
        return new MessageFiles(module, root);
    }

    /** @throws AssertionError naming each key that is missing, left over or has other arguments */
    public void verify() {
        Map<String, String> french = read("fr");
        Map<String, String> english = read("en");
        assertThat(french).as("messages of %s", module).isNotEmpty();
        assertThat(arguments(english))
                .as("keys and arguments of %s in English", module)
                .isEqualTo(arguments(french));
        assertThat(named()).as("keys that %s names", module).allMatch(french::containsKey);
        for (Map<String, String> language : java.util.List.of(french, english)) {
            assertThat(language)
                    .allSatisfy((key, text) -> assertThat(text).as(key).isNotBlank());
        }
    }

    private Map<String, String> read(String language) {
        Path file = root.resolve("src/main/resources/i18n/" + module + "_" + language + ".properties");
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> read = new TreeMap<>();
        properties.forEach((key, text) -> read.put((String) key, (String) text));
        return read;
    }

    private static Map<String, Set<String>> arguments(Map<String, String> messages) {
        Map<String, Set<String>> arguments = new TreeMap<>();
        messages.forEach((key, text) -> arguments.put(key, arguments(text)));
        return arguments;
    }

    /** The names in {@code {name}} and {@code {name, plural, …}}; not the texts of a plural, which are in braces too. */
    private static Set<String> arguments(String text) {
        Set<String> names = new TreeSet<>();
        Deque<Boolean> isArgument = new ArrayDeque<>();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                boolean argument = isArgument.isEmpty() || !isArgument.peek();
                isArgument.push(argument);
                Matcher name = ARGUMENT.matcher(text.substring(i + 1));
                if (argument && name.matches()) {
                    names.add(name.group(1));
                }
            } else if (text.charAt(i) == '}' && !isArgument.isEmpty()) {
                isArgument.pop();
            }
        }
        return names;
    }

    /** Every text between quotes in code and templates that is of the form of this module's keys and asked for as one. */
    private Set<String> named() {
        Pattern key = Pattern.compile(
                "(?:text|label|hint|saying)\\(\\s*\"(" + Pattern.quote(module) + "\\.[a-z0-9.-]*[a-z0-9])\"\\s*[,)]");
        Set<String> named = new TreeSet<>();
        for (String folder : new String[] {"src/main/java", "src/main/jte"}) {
            if (Files.isDirectory(root.resolve(folder))) {
                try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                    files.filter(Files::isRegularFile).forEach(file -> {
                        Matcher found = key.matcher(text(file));
                        while (found.find()) {
                            named.add(found.group(1));
                        }
                    });
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return named;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
