// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.organisation;

import org.jspecify.annotations.Nullable;

/**
 * An organisation as it was sent.
 *
 * @param name required, {@value #MIN_NAME} to {@value #MAX_NAME} characters on one line
 * @param kind required, one of {@link Organisation#KINDS}
 * @param missionFr a few sentences, {@value #MAX_MISSION} characters at most; this or the English one is required
 * @param missionEn likewise
 * @param address {@value #MAX_ADDRESS} characters at most, on one line
 * @param neighbourhood id, may be missing
 */
public record OrganisationDraft(
        @Nullable String name,
        @Nullable String kind,
        @Nullable String missionFr,
        @Nullable String missionEn,
        @Nullable String address,
        @Nullable String neighbourhood) {

    public static final int MIN_NAME = 2;
    public static final int MAX_NAME = 100;
    public static final int MAX_MISSION = 1_000;
    public static final int MAX_ADDRESS = 200;
}
