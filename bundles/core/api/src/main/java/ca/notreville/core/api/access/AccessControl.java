// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.access;

import ca.notreville.core.api.error.DomainException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.UnauthenticatedException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The permission table: role × action. Services ask it before they act; pages ask it only to leave out what would be refused.
 * An action that no installed module declares is allowed to nobody.
 */
@ProviderType
public interface AccessControl {

    /**
     * Code of the refusal where only a residence is missing that the municipality asks for; how to show it is told at
     * {@value #VERIFICATION_PATH}.
     */
    String VERIFICATION_NEEDED = "core.verification-needed";

    String VERIFICATION_PATH = "/members/verification";

    /**
     * Whether the caller may in this place or organisation: by role, and with a residence that is known as well as the
     * municipality asks for this action.
     */
    boolean allows(Caller caller, String action, Scope where);

    /** Whether the caller may in the whole town. */
    default boolean allows(Caller caller, String action) {
        return allows(caller, action, Scope.TOWN);
    }

    /** Whether the caller may anywhere at all, to show a way to what may then be limited. */
    default boolean allowsSomewhere(Caller caller, String action) {
        return allows(caller, action);
    }

    /** Whether nothing but a residence is missing, to tell the way to it before somebody tries. */
    default boolean lacksVerification(Caller caller, String action, Scope where) {
        return false;
    }

    /**
     * @throws UnauthenticatedException if signing in might help
     * @throws ForbiddenException if it would not; {@code core.confirm-first}, {@code core.second-factor-first} or
     *     {@link #VERIFICATION_NEEDED} if that might help
     */
    default void require(Caller caller, String action, Scope where) {
        if (!allows(caller, action, where)) {
            throw refusal(caller);
        }
    }

    /** Says what would help, if anything would. */
    private static DomainException refusal(Caller caller) {
        if (!caller.signedIn()) {
            return new UnauthenticatedException();
        }
        if (!caller.has(Role.MEMBER) && caller.due().contains(Caller.Due.CONFIRMATION)) {
            return new ForbiddenException("core.confirm-first");
        }
        return caller.due().contains(Caller.Due.SECOND_FACTOR)
                ? new ForbiddenException("core.second-factor-first")
                : new ForbiddenException();
    }

    /** As {@link #require(Caller, String, Scope)}, in the whole town. */
    default void require(Caller caller, String action) {
        require(caller, action, Scope.TOWN);
    }
}
