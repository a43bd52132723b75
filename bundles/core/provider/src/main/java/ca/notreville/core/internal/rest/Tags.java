// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.error.ConflictException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.ws.rs.ClientErrorException;
import javax.ws.rs.core.EntityTag;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Versions as entity tags (RFC 9110): who sends {@code If-Match} saves only what they have seen. */
final class Tags {

    private static final Pattern FORM = Pattern.compile("\\s*\"([0-9]{1,9})\"\\s*");

    private Tags() {}

    static EntityTag of(int version) {
        return new EntityTag(String.valueOf(version));
    }

    /**
     * Saves with the version that was sent; without one, or with {@code *}, whatever there is.
     *
     * @throws ClientErrorException 412 if there is another version by now
     */
    static <T> T save(@Nullable String ifMatch, Function<@Nullable Integer, T> save) {
        if (ifMatch == null || ifMatch.isBlank() || ifMatch.strip().equals("*")) {
            return save.apply(null);
        }
        Matcher matcher = FORM.matcher(ifMatch);
        if (!matcher.matches()) {
            throw changed();
        }
        try {
            return save.apply(Integer.valueOf(matcher.group(1)));
        } catch (ConflictException e) {
            throw changed();
        }
    }

    /** Without the conflict as its cause, which would be told in its place. */
    private static ClientErrorException changed() {
        return new ClientErrorException(Response.Status.PRECONDITION_FAILED);
    }
}
