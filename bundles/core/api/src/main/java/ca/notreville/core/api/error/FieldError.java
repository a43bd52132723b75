// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.error;

import java.util.Map;

/**
 * One field that breaks one rule.
 *
 * @param field name of the field as the caller sent it
 * @param code stable code of the rule, e.g. {@code too-long}; its text is under {@code error.<code>}
 * @param arguments values the text names, e.g. {@code max}
 */
public record FieldError(String field, String code, Map<String, Object> arguments) {

    public FieldError {
        arguments = Map.copyOf(arguments);
    }
}
