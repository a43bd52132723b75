// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.profile;

import ca.notreville.core.api.member.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a member tells of themselves. Others see of it what the member shows; what is hidden is empty here.
 *
 * @param id of the member
 * @param version for {@link ProfileService#update}; 0 as long as nothing was ever saved
 * @param kind as what the member presents themselves
 * @param neighbourhood id, {@code null} if not told or not shown
 * @param bio a few sentences, plain text
 * @param languages spoken, codes of {@link #LANGUAGES}
 * @param skills in the order of their names
 * @param availability when there is time, plain text
 * @param interests what the member cares for, plain text
 * @param shown which parts everybody sees
 * @param listed whether the member is in the directory
 * @param reachable whether people may ask to connect
 */
public record MemberProfile(
        long id,
        int version,
        String displayName,
        Profile kind,
        @Nullable String neighbourhood,
        String bio,
        List<String> languages,
        List<MemberSkill> skills,
        String availability,
        String interests,
        Set<Part> shown,
        boolean listed,
        boolean reachable,
        Instant since) {

    /** The languages that can be told, ISO 639-1; {@code other} for all the rest. */
    public static final List<String> LANGUAGES = List.of(
            "fr", "en", "ar", "es", "ht", "it", "pt", "zh", "vi", "ru", "uk", "kab", "atj", "abe", "sign", "other");

    public MemberProfile {
        languages = List.copyOf(languages);
        skills = List.copyOf(skills);
        shown = Set.copyOf(shown);
    }

    /** What a member can show or keep to themselves; the name is always seen. */
    public enum Part {
        NEIGHBOURHOOD,
        BIO,
        LANGUAGES,
        SKILLS,
        AVAILABILITY,
        INTERESTS;

        /** As written in the database and over REST: {@code bio}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public static List<String> words() {
            return java.util.Arrays.stream(values()).map(Part::word).toList();
        }
    }

    /**
     * Something a member can do.
     *
     * @param key by which it is found: without accents and case
     * @param label as the member wrote it, or as the list calls it in French
     * @param skill id in the list that staff maintain, 0 for a word of the member's own
     */
    public record MemberSkill(String key, String label, long skill) {}
}
