// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.list;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a list.
 *
 * @param items what is in this piece, in the order of the list
 * @param next opaque cursor that gives the next piece, {@code null} at the end
 */
public record Slice<T>(List<T> items, @Nullable String next) {

    public Slice {
        items = List.copyOf(items);
    }

    public <R> Slice<R> map(Function<? super T, ? extends R> function) {
        return new Slice<>(items.stream().<R>map(function).toList(), next);
    }
}
