// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.error;

import java.util.List;
import java.util.Map;

/** What was sent breaks a rule; every field that does is named, all of them at once. */
public final class InvalidException extends DomainException {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    public InvalidException(List<FieldError> errors) {
        super("invalid", Map.of());
        if (errors.isEmpty()) {
            throw new IllegalArgumentException("an invalid request names at least one field");
        }
        this.errors = List.copyOf(errors);
    }

    /** One field, one error. */
    public static InvalidException of(String field, String code) {
        return new InvalidException(List.of(new FieldError(field, code, Map.of())));
    }

    public List<FieldError> errors() {
        return errors;
    }

    @Override
    public String getMessage() {
        return super.getMessage() + " " + errors;
    }
}
