// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.rest;

import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.DomainException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.web.api.Visit;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.ws.rs.WebApplicationException;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is told when a request fails (RFC 9457).
 *
 * @param type always {@code about:blank}: what happened is told by {@code code}
 * @param title of the status
 * @param detail in the caller's language
 * @param code stable
 * @param errors the fields that are wrong, if any are
 * @param requestId to quote when asking for help
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type, String title, int status, String detail, String code, List<Field> errors, String requestId) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** @param field name as sent */
    public record Field(String field, String code, String message) {}

    /** Tells a failure in the words of the visit's language; what nobody foresaw is told without detail. */
    public static Problem of(Throwable failure, Visit visit) {
        if (failure instanceof InvalidException invalid) {
            return of(422, "invalid", Map.of(), invalid.errors(), visit);
        }
        if (failure instanceof DomainException domain) {
            return of(status(domain), domain.code(), domain.arguments(), List.of(), visit);
        }
        if (failure instanceof MismatchedInputException mismatched) {
            return mismatch(mismatched, visit);
        }
        if (failure instanceof JsonProcessingException) {
            return of(400, "malformed-json", Map.of(), List.of(), visit);
        }
        if (failure instanceof WebApplicationException web) {
            int status = web.getResponse().getStatus();
            return of(status, codeOf(status), Map.of(), List.of(), visit);
        }
        if (failure instanceof PayloadTooLargeException) {
            return of(413, "too-large", Map.of(), List.of(), visit);
        }
        return of(500, "internal", Map.of(), List.of(), visit);
    }

    public static Problem of(int status, String code, Visit visit) {
        return of(status, code, Map.of(), List.of(), visit);
    }

    private static Problem of(
            int status, String code, Map<String, Object> arguments, List<FieldError> errors, Visit visit) {
        List<Field> fields = new ArrayList<>();
        for (FieldError error : errors) {
            fields.add(new Field(error.field(), error.code(), visit.ui().errorText(error)));
        }
        return new Problem(
                "about:blank",
                title(status),
                status,
                visit.text("error." + code, flat(arguments)),
                code,
                fields,
                visit.requestId());
    }

    static Object[] flat(Map<String, Object> arguments) {
        return arguments.entrySet().stream()
                .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                .toArray();
    }

    private static int status(DomainException failure) {
        if (failure instanceof UnauthenticatedException) {
            return 401;
        } else if (failure instanceof ForbiddenException) {
            return 403;
        } else if (failure instanceof NotFoundException) {
            return 404;
        } else if (failure instanceof ConflictException) {
            return 409;
        } else if (failure instanceof TooManyRequestsException) {
            return 429;
        }
        return 500;
    }

    private static String codeOf(int status) {
        return switch (status) {
            case 400 -> "bad-request";
            case 401 -> "sign-in-required";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 406 -> "not-acceptable";
            case 412 -> "precondition-failed";
            case 413 -> "too-large";
            case 415 -> "unsupported-media-type";
            case 503 -> "being-replaced";
            default -> status < 500 ? "bad-request" : "internal";
        };
    }

    /** The RFC's phrase for the status, which is not for people. */
    private static String title(int status) {
        var known = javax.ws.rs.core.Response.Status.fromStatusCode(status);
        return known != null ? known.getReasonPhrase() : status == 422 ? "Unprocessable Content" : "Error";
    }

    /** JSON that is well formed and not what is wanted: a number where a text is, or no object at all. */
    private static Problem mismatch(MismatchedInputException json, Visit visit) {
        @Nullable
        String field = json.getPath().isEmpty() ? null : json.getPath().get(0).getFieldName();
        return field == null
                ? of(400, "bad-request", Map.of(), List.of(), visit)
                : of(422, "invalid", Map.of(), List.of(new FieldError(field, "wrong-type", Map.of())), visit);
    }
}
