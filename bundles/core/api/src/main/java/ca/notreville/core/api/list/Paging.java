// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.list;

import ca.notreville.core.api.error.InvalidException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which piece of a list is asked for.
 *
 * @param limit how many at most, 1 to {@value #MAX}
 * @param after numbers of the last item that the caller has, e.g. its sort key and id; empty from the start
 */
public record Paging(int limit, List<Long> after) {

    public static final int MAX = 100;
    public static final int DEFAULT = 20;

    public Paging {
        if (limit < 1 || limit > MAX) {
            throw new IllegalArgumentException("limit " + limit);
        }
        after = List.copyOf(after);
    }

    /** From the start. */
    public static Paging first(int limit) {
        return new Paging(limit, List.of());
    }

    /**
     * @param limit as sent; {@code null} means {@value #DEFAULT}
     * @param cursor as handed out by {@link #cursor}; {@code null} or empty means from the start
     * @param size how many numbers a cursor of this list has
     * @throws InvalidException on {@code limit} or {@code after}
     */
    public static Paging of(@Nullable String limit, @Nullable String cursor, int size) {
        return new Paging(limit(limit), numbers(cursor, size));
    }

    private static int limit(@Nullable String limit) {
        if (limit == null || limit.isEmpty()) {
            return DEFAULT;
        }
        try {
            int wanted = Integer.parseInt(limit);
            if (wanted >= 1 && wanted <= MAX) {
                return wanted;
            }
        } catch (NumberFormatException e) {
            // the same answer as for a number out of range
        }
        throw InvalidException.of("limit", "limit-out-of-range");
    }

    private static List<Long> numbers(@Nullable String cursor, int size) {
        if (cursor == null || cursor.isEmpty()) {
            return List.of();
        }
        try {
            String[] parts = cursor.split("_", -1);
            if (parts.length == size) {
                return Arrays.stream(parts).map(p -> Long.parseLong(p, 36)).toList();
            }
        } catch (NumberFormatException e) {
            // the same answer as for a cursor of the wrong size
        }
        throw InvalidException.of("after", "cursor-unknown");
    }

    public static String cursor(long... numbers) {
        StringBuilder cursor = new StringBuilder();
        for (long number : numbers) {
            cursor.append(cursor.isEmpty() ? "" : "_").append(Long.toString(number, 36));
        }
        return cursor.toString();
    }

    /**
     * Cuts what was read with {@code limit + 1} to the piece that was asked for.
     *
     * @param cursor the cursor of an item
     */
    public <T> Slice<T> slice(List<T> read, Function<? super T, String> cursor) {
        if (read.size() <= limit) {
            return new Slice<>(read, null);
        }
        List<T> items = read.subList(0, limit);
        return new Slice<>(items, cursor.apply(items.get(limit - 1)));
    }
}
