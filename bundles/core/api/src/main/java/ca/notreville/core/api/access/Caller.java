// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.access;

import ca.notreville.core.api.error.UnauthenticatedException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a use case runs. Handed to every service method that reads or writes for somebody.
 *
 * @param memberId id of the account, 0 for a visitor
 * @param displayName "" for a visitor
 * @param roles the roles held in the whole town, {@link Role#VISITOR} always among them
 * @param limited the roles held in one place or one organisation only
 * @param actions what an API token was made for; {@code null} for a person, who may do whatever the roles allow
 * @param due what the account still owes before all of its roles count, see {@link Due}
 * @param language in which the caller wants to be spoken to
 */
public record Caller(
        long memberId,
        String displayName,
        Set<Role> roles,
        Set<Grant> limited,
        @Nullable Set<String> actions,
        Set<Due> due,
        Locale language) {

    /** What somebody with an account has left to do. */
    public enum Due {
        /** The address is not confirmed. Where that is required first, the caller is no {@link Role#MEMBER} yet. */
        CONFIRMATION,
        /** Staff act at the counter for somebody who has not taken the account over: nothing of the account itself may change. */
        OWNER,
        /** The second factor is missing, without which the roles of staff and administrators do not count here. */
        SECOND_FACTOR
    }

    public Caller {
        roles = Set.copyOf(roles);
        limited = Set.copyOf(limited);
        due = Set.copyOf(due);
        actions = actions == null ? null : Set.copyOf(actions);
    }

    public static Caller visitor(Locale language) {
        return new Caller(0, "", Set.of(Role.VISITOR), Set.of(), null, Set.of(), language);
    }

    /** Somebody with an account and roles in the whole town; the roles that every account has are added. */
    public static Caller member(long memberId, String displayName, Set<Role> granted, Locale language) {
        return holding(
                memberId, displayName, granted.stream().map(Grant::everywhere).collect(Collectors.toSet()), language);
    }

    /** Somebody with an account; the roles that every account has are added. */
    public static Caller holding(long memberId, String displayName, Set<Grant> grants, Locale language) {
        Set<Role> roles = EnumSet.of(Role.VISITOR, Role.MEMBER);
        Set<Grant> limited = new HashSet<>();
        for (Grant grant : grants) {
            if (grant.limit() == Grant.Limit.TOWN) {
                roles.add(grant.role());
            } else {
                limited.add(grant);
            }
        }
        return new Caller(memberId, displayName, roles, limited, null, Set.of(), language);
    }

    /** Whoever is at the operator's shell of this node: administers the platform, and is no member. */
    public static Caller operator() {
        return new Caller(0, "", Set.of(Role.VISITOR, Role.ADMINISTRATOR), Set.of(), null, Set.of(), Locale.ENGLISH);
    }

    /** The same person through an API token that was made for some actions only. */
    public Caller only(Set<String> some) {
        return new Caller(memberId, displayName, roles, limited, some, due, language);
    }

    /** The same person, who has something left to do. */
    public Caller owing(Set<Due> left) {
        return new Caller(memberId, displayName, roles, limited, actions, left, language);
    }

    /** The same account, which does not count as a member's before its address is confirmed. */
    public Caller unconfirmed() {
        return new Caller(
                memberId, displayName, Set.of(Role.VISITOR), Set.of(), actions, Set.of(Due.CONFIRMATION), language);
    }

    /** Whether an API token asks, rather than the person in a session of their own. */
    public boolean throughToken() {
        return actions != null;
    }

    /**
     * Whether staff act for somebody at the counter, or from paper. What is contributed meanwhile is marked so for good, also once
     * the account was taken over.
     */
    public boolean atCounter() {
        return due.contains(Due.OWNER);
    }

    public boolean signedIn() {
        return memberId != 0;
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /**
     * @return the id of the account
     * @throws UnauthenticatedException if there is none
     */
    public long requireMember() {
        if (!signedIn()) {
            throw new UnauthenticatedException();
        }
        return memberId;
    }

    /** The same person, spoken to in another language. */
    public Caller in(Locale other) {
        return language.equals(other) ? this : new Caller(memberId, displayName, roles, limited, actions, due, other);
    }
}
