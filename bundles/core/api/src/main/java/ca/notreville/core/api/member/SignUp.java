// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.member;

import org.jspecify.annotations.Nullable;

/**
 * What somebody gives to open an account, as it was sent; {@link MemberService#signUp} checks it.
 *
 * @param email required, 254 characters at most; unique whatever its case
 * @param password required, {@value #MIN_PASSWORD} to {@value #MAX_PASSWORD} characters, kept as typed
 * @param displayName required, {@value #MIN_NAME} to {@value #MAX_NAME} characters on one line
 * @param profile a {@link Profile#word()}; missing means {@code citizen}
 * @param neighbourhood id of a neighbourhood; may be missing
 * @param language code of a language that is installed, {@code fr} and {@code en} always are; missing means the caller's
 */
public record SignUp(
        @Nullable String email,
        @Nullable String password,
        @Nullable String displayName,
        @Nullable String profile,
        @Nullable String neighbourhood,
        @Nullable String language) {

    public static final int MIN_PASSWORD = 8;
    public static final int MAX_PASSWORD = 128;
    public static final int MIN_NAME = 2;
    public static final int MAX_NAME = 60;

    /** Never the password. */
    @Override
    public String toString() {
        return "SignUp[" + displayName + "]";
    }
}
