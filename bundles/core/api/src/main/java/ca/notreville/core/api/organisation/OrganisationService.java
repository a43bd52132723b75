// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.organisation;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Organisations and who belongs to them. Each call is one transaction; who belongs and who verified stands in the audit log.
 * An organisation always has an owner, whatever happens at once.
 */
@ProviderType
public interface OrganisationService {

    /** Register an organisation. */
    String CREATE = "core.organisation-create";

    /** Verify organisations, and edit any of them. */
    String VERIFY = "core.organisation-verify";

    /** Organisations one person may register within a day. */
    int MAX_CREATED_A_DAY = 5;

    /**
     * Registers an organisation, of which the caller becomes the owner.
     *
     * @throws InvalidException naming each field
     * @throws TooManyRequestsException {@code core.too-many-organisations}
     * @throws ForbiddenException without {@link #CREATE}
     */
    Organisation create(Caller caller, OrganisationDraft draft);

    /** All that is known of it, for other services and for who may edit it. */
    Optional<Organisation> find(long id);

    /**
     * As the caller may see it: without mission and address while moderation hides them, but for who acts for it or verifies.
     *
     * @throws NotFoundException if there is none
     */
    Organisation show(Caller caller, long id);

    /**
     * @param version that the caller has seen; {@code null} to save whatever there is
     * @throws ConflictException {@code core.changed-meanwhile} if there is another version by now
     * @throws ForbiddenException for whoever neither acts for it nor has {@link #VERIFY}
     */
    Organisation update(Caller caller, long id, OrganisationDraft draft, @Nullable Integer version);

    /**
     * By name; those found by words, best first.
     *
     * @param paging cursors have as many numbers as the query says
     */
    Slice<Organisation> list(OrganisationQuery query, Paging paging);

    /**
     * By name, 500 at most.
     *
     * @param neighbourhood only those of this one, {@code null} for all
     */
    List<Organisation> list(@Nullable String neighbourhood);

    /** @throws ForbiddenException without {@link #VERIFY} there */
    Organisation verify(Caller caller, long id, boolean verified);

    /** Those who belong to it, owners first; for others than its people and staff only those who show it. */
    List<Membership> members(Caller caller, long id);

    /** The caller's own memberships, by name; none for a visitor. */
    List<Membership> mine(Caller caller);

    /** What a member shows of their memberships, by name. */
    List<Membership> shownBy(long member);

    /** The caller's place in it, empty for none. */
    Optional<MembershipRole> roleOf(Caller caller, long id);

    /**
     * Gives somebody who belongs to it another role; only owners do.
     *
     * @throws ConflictException {@code core.last-owner}
     */
    void changeRole(Caller caller, long id, long member, MembershipRole role);

    /**
     * Leaves, or takes somebody out: owners anybody, managers those who are {@link MembershipRole#MEMBER}. Nothing changes for
     * whoever does not belong to it.
     *
     * @throws ConflictException {@code core.last-owner}
     */
    void remove(Caller caller, long id, long member);

    /** Shows or hides one's own membership. */
    void show(Caller caller, long id, boolean shown);

    /**
     * Makes somebody who belongs to it an owner; the caller, who is one, becomes a manager.
     *
     * @throws NotFoundException if the other does not belong to it
     */
    void handOver(Caller caller, long id, long member);

    /**
     * Sends an invitation. A second one to the same address takes the place of the first, whose link is then no more good.
     *
     * @throws InvalidException naming each field
     * @throws TooManyRequestsException {@code core.too-many-invitations}
     * @throws ForbiddenException for whoever does not act for it; managers invite no managers
     */
    Invitation invite(Caller caller, long id, Invitation.Draft draft);

    /** Those that wait, newest first; for those who act for it. */
    List<Invitation> invitations(Caller caller, long id);

    /** Takes an invitation back; otherwise nothing changes. */
    void revoke(Caller caller, long id, long invitation);

    /**
     * What a link invites to.
     *
     * @throws NotFoundException {@code core.invitation-not-good} if it was answered, taken back or is too old
     */
    Invitation invitation(String token);

    /**
     * Accepts; whoever has the link and an account may. Accepting one's own again changes nothing.
     *
     * @param shown whether everybody may know of the membership
     * @throws UnauthenticatedException for a visitor
     * @throws NotFoundException {@code core.invitation-not-good}
     */
    Organisation accept(Caller caller, String token, boolean shown);

    /**
     * Declines; no account is needed.
     *
     * @throws NotFoundException {@code core.invitation-not-good}
     */
    void decline(String token);

    /** Ids of those who act for it, to be told what concerns it; nothing to be shown. */
    Set<Long> acting(long id);

    /** Whether the caller is that member, or an owner or manager of that organisation. */
    boolean mayActFor(Caller caller, Actor actor);

    /**
     * @throws UnauthenticatedException for a visitor
     * @throws ForbiddenException {@code core.not-your-name}
     */
    default void requireActFor(Caller caller, Actor actor) {
        caller.requireMember();
        if (!mayActFor(caller, actor)) {
            throw new ForbiddenException("core.not-your-name");
        }
    }

    /** In whose name the caller may act: first their own, then organisations by name; none for a visitor. */
    List<NamedActor> actors(Caller caller);

    /** What actors are called; those that are gone are left out. */
    Map<Actor, String> names(Collection<Actor> actors);
}
