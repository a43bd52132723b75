// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.comment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which threads of a discussion, and in which order.
 *
 * @param sort {@code new} (the default) or {@code best}: threads whose beginning most of those who were there found useful
 *     (lower bound of Wilson's interval), which follows the marks within seconds
 * @param stance only threads that began with this {@link Stance}, {@code null} for all
 */
public record CommentQuery(@Nullable String sort, @Nullable String stance) {

    public static final CommentQuery NEWEST = new CommentQuery(null, null);
    public static final String BEST = "best";
    public static final List<String> SORTS = List.of("new", BEST);

    public boolean best() {
        return BEST.equals(sort);
    }
}
