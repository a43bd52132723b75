// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.organisation;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An organisation.
 *
 * @param version for {@link OrganisationService#update}
 * @param kind one of {@link #KINDS}
 * @param neighbourhood id, {@code null} if it is everywhere
 * @param address where people find it, "" for none
 * @param verified whether staff know it
 * @param members how many people belong to it
 */
public record Organisation(
        long id,
        int version,
        String name,
        String kind,
        @Nullable String neighbourhood,
        String address,
        String missionFr,
        String missionEn,
        boolean verified,
        int members) {

    /** The kinds of organisation. */
    public static final List<String> KINDS =
            List.of("community", "round-table", "social-economy", "business", "institution");

    /** In this language if it was written in it, else in the other. */
    public String mission(Locale language) {
        boolean english = language.getLanguage().equals("en");
        return english && !missionEn.isEmpty() || missionFr.isEmpty() ? missionEn : missionFr;
    }
}
