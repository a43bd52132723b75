// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.profile;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The list of skills that staff maintain. Changes stand in the audit log. */
@ProviderType
public interface SkillService {

    int MAX_NAME = 40;

    /** By French name; a few hundred at most. */
    List<Skill> skills();

    /**
     * Adds a skill, or renames one.
     *
     * @param id 0 for a new one
     * @param french required, {@value #MAX_NAME} characters at most, unique whatever its accents and case
     * @param english required, likewise
     * @throws InvalidException naming each field
     * @throws NotFoundException if there is none of this id
     * @throws ForbiddenException without {@link KindService#PROFILES}
     */
    Skill save(Caller caller, long id, @Nullable String french, @Nullable String english);

    /**
     * Takes a skill out of the list; whoever has it keeps it as a word of their own.
     *
     * @throws NotFoundException if there is none of this id
     * @throws ForbiddenException without {@link KindService#PROFILES}
     */
    void remove(Caller caller, long id);

    /** A skill of the list. */
    record Skill(long id, String french, String english) {
        public String name(Locale language) {
            return language.getLanguage().equals("en") ? english : french;
        }
    }
}
