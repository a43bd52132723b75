// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.error;

import java.util.Map;

/**
 * A use case could not be carried out for a reason that its caller can understand and mostly mend.
 *
 * <p>The {@linkplain #code() code} is stable and part of the public interface ({@code ideas.voting-closed}); the text shown
 * to people is found in the message catalogue under {@code error.<code>} and is not. Each subclass is one kind of answer;
 * the portal alone knows which HTTP status that is.
 */
public abstract class DomainException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient Map<String, Object> arguments;

    /**
     * @param code stable code, {@code <module>.<what-happened>}
     * @param arguments values that the text of this code names, e.g. {@code max}
     */
    protected DomainException(String code, Map<String, Object> arguments) {
        super(code + (arguments.isEmpty() ? "" : " " + arguments));
        this.code = code;
        this.arguments = Map.copyOf(arguments);
    }

    public final String code() {
        return code;
    }

    public final Map<String, Object> arguments() {
        return arguments;
    }
}
