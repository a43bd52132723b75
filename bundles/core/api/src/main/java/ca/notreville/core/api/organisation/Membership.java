// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.organisation;

/**
 * A person's place in an organisation.
 *
 * @param organisationName so that a list needs no second look
 * @param displayName of the member
 * @param shown whether everybody may know of it
 */
public record Membership(
        long organisation,
        String organisationName,
        long member,
        String displayName,
        MembershipRole role,
        boolean shown) {}
