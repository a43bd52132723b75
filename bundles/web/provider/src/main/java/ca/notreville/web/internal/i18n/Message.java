// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.i18n;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One message, prepared for being written many thousand times a second: ICU is asked only for what needs its grammar, and
 * what it says of small numbers is remembered. Safe for any number of threads.
 */
abstract class Message {

    abstract String format(Map<String, ?> arguments);

    static Message of(String pattern, Locale locale) {
        MessagePattern parsed = new MessagePattern(pattern);
        if (!parsed.hasNamedArguments() && !parsed.hasNumberedArguments()) {
            return new Plain(new MessageFormat(pattern, locale).format(Map.of()));
        }
        @Nullable Message joined = Joined.of(parsed, locale);
        return joined == null ? new Grammar(pattern, locale) : joined;
    }

    /** No arguments. */
    private static final class Plain extends Message {
        private final String text;

        Plain(String text) {
            this.text = text;
        }

        @Override
        String format(Map<String, ?> arguments) {
            return text;
        }
    }

    /** Arguments that are put in as they are: {@code Bonjour {name}}. */
    private static final class Joined extends Message {
        private final List<String> texts;
        private final List<String> names;
        private final NumberFormat numbers;

        private Joined(List<String> texts, List<String> names, Locale locale) {
            this.texts = texts;
            this.names = names;
            this.numbers = NumberFormat.getInstance(locale);
        }

        static @Nullable Joined of(MessagePattern pattern, Locale locale) {
            List<String> texts = new ArrayList<>();
            List<String> names = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            String source = pattern.getPatternString();
            int from = 0;
            for (int i = 0; i < pattern.countParts(); i++) {
                MessagePattern.Part part = pattern.getPart(i);
                switch (part.getType()) {
                    case MSG_START, MSG_LIMIT, SKIP_SYNTAX, ARG_START -> {
                        if (part.getType() == MessagePattern.Part.Type.ARG_START
                                && part.getArgType() != MessagePattern.ArgType.NONE) {
                            return null;
                        }
                        text.append(source, from, part.getIndex());
                        from = part.getLimit();
                    }
                    case INSERT_CHAR -> {
                        text.append(source, from, part.getIndex()).append((char) part.getValue());
                        from = part.getLimit();
                    }
                    case ARG_NAME -> {
                        texts.add(text.toString());
                        text.setLength(0);
                        names.add(pattern.getSubstring(part));
                    }
                    case ARG_LIMIT -> from = part.getLimit();
                    default -> {
                        return null;
                    }
                }
            }
            texts.add(text.toString());
            return new Joined(texts, names, locale);
        }

        @Override
        String format(Map<String, ?> arguments) {
            StringBuilder out = new StringBuilder(64);
            for (int i = 0; i < names.size(); i++) {
                out.append(texts.get(i));
                Object value = arguments.get(names.get(i));
                if (value instanceof Number number) {
                    out.append(number(number));
                } else {
                    out.append(value == null ? "{" + names.get(i) + "}" : value.toString());
                }
            }
            return out.append(texts.get(names.size())).toString();
        }

        private String number(Number number) {
            synchronized (numbers) {
                return numbers.format(number);
            }
        }
    }

    /** Plurals, choices, dates: ICU's grammar. */
    private static final class Grammar extends Message {
        private static final int REMEMBERED = 1_000;

        private final MessageFormat format;
        /** The one argument, if there is only one; what it makes of small whole numbers is worth remembering. */
        private final @Nullable String only;

        private final AtomicReferenceArray<@Nullable String> remembered;

        Grammar(String pattern, Locale locale) {
            format = new MessageFormat(pattern, locale);
            only = format.getArgumentNames().size() == 1
                    ? format.getArgumentNames().iterator().next()
                    : null;
            remembered = new AtomicReferenceArray<>(only == null ? 0 : REMEMBERED);
        }

        @Override
        String format(Map<String, ?> arguments) {
            int small = only == null ? -1 : small(arguments.get(only));
            if (small < 0) {
                return say(arguments);
            }
            String known = remembered.get(small);
            if (known == null) {
                known = say(arguments);
                remembered.set(small, known);
            }
            return known;
        }

        private static int small(@Nullable Object value) {
            long number = value instanceof Integer i ? i : value instanceof Long l ? l : -1;
            return number >= 0 && number < REMEMBERED ? (int) number : -1;
        }

        private String say(Map<String, ?> arguments) {
            return format.clone().format(arguments);
        }
    }
}
