// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal;

import ca.notreville.core.api.member.IdentityService.Identity;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the provider says of somebody: the claims of the ID token, and those of its UserInfo that the token does not have.
 *
 * @param token claims of the ID token, which is signed
 * @param more those of UserInfo
 */
record Claims(Map<String, Object> token, Map<String, Object> more) {

    private static final int MAX_TEXT = 500;

    private @Nullable Object claim(String name) {
        Object value = token.get(name);
        return value != null ? value : more.get(name);
    }

    private @Nullable String text(String name) {
        return claim(name) instanceof String text && !text.isBlank() && text.length() <= MAX_TEXT ? text.strip() : null;
    }

    Identity identity(String issuer, String subject, String provider, boolean trustEmail) {
        String locale = text("locale");
        return new Identity(
                issuer,
                subject,
                provider,
                text("email"),
                trustEmail || emailVerified(),
                name(),
                locale == null ? null : Locale.forLanguageTag(locale.replace('_', '-')));
    }

    /** From where the address is: a token that has the address alone is not verified by what UserInfo says of another. */
    private boolean emailVerified() {
        Map<String, Object> from = token.get("email") != null ? token : more;
        Object verified = from.get("email_verified");
        return Boolean.TRUE.equals(verified) || "true".equals(verified);
    }

    /** What others will see: a first name and an initial rather than the whole name, which the person can still choose to show. */
    private @Nullable String name() {
        String given = text("given_name");
        String family = text("family_name");
        if (given != null) {
            return family == null
                    ? given
                    : given + " "
                            + family.substring(0, family.offsetByCodePoints(0, 1))
                                    .toUpperCase(Locale.ROOT) + ".";
        }
        String nickname = text("nickname");
        return nickname != null ? nickname : text("name");
    }

    /** Whether this claim has this value, or has it among its values. */
    boolean has(String name, String value) {
        return !name.isEmpty() && contains(claim(name), value);
    }

    private static boolean contains(@Nullable Object claim, String value) {
        return claim instanceof Collection<?> several
                ? several.stream().anyMatch(one -> contains(one, value))
                : claim != null && String.valueOf(claim).equals(value);
    }

    /** Whether the token, which alone says how somebody signed in, names one of these: {@code amr:mfa}. */
    boolean signedInWith(List<String> factors) {
        return factors.stream().anyMatch(factor -> {
            int colon = factor.indexOf(':');
            return colon > 0 && contains(token.get(factor.substring(0, colon)), factor.substring(colon + 1));
        });
    }

    /** With what UserInfo adds. */
    Claims with(Map<String, Object> userInfo) {
        return new Claims(token, new LinkedHashMap<>(userInfo));
    }
}
