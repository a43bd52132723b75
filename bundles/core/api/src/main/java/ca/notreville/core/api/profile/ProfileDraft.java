// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A profile as it was sent; whatever is missing is emptied.
 *
 * @param displayName required, as at sign-up
 * @param neighbourhood id, may be missing
 * @param bio {@value #MAX_BIO} characters at most
 * @param languages some of {@link MemberProfile#LANGUAGES}
 * @param skills ids from the list that staff maintain
 * @param words the member's own words for what they can do, {@value #MAX_WORD} characters each; with the skills
 *     {@value #MAX_SKILLS} in all, and each once whatever its accents and case
 * @param availability {@value #MAX_AVAILABILITY} characters at most
 * @param interests {@value #MAX_INTERESTS} characters at most
 * @param shown words of {@link MemberProfile.Part} that everybody may see
 * @param listed whether the member is in the directory; missing means no
 * @param reachable whether people may ask to connect; missing means yes
 */
public record ProfileDraft(
        @Nullable String displayName,
        @Nullable String neighbourhood,
        @Nullable String bio,
        @Nullable List<String> languages,
        @Nullable List<String> skills,
        @Nullable List<String> words,
        @Nullable String availability,
        @Nullable String interests,
        @Nullable List<String> shown,
        @Nullable Boolean listed,
        @Nullable Boolean reachable) {

    public static final int MAX_BIO = 500;
    public static final int MAX_AVAILABILITY = 200;
    public static final int MAX_INTERESTS = 300;
    public static final int MAX_WORD = 40;
    public static final int MAX_SKILLS = 12;
}
