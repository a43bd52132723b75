// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.profile;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.Profile;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Kinds of profile that give rights: a member asks, staff decide. Approval grants the role of the same name, in the
 * neighbourhood that was asked for or in the whole town, tells the member by letter, and stands in the audit log; all of it in
 * one transaction.
 */
@ProviderType
public interface KindService {

    /** Decide about kinds of profile, maintain the list of skills. */
    String PROFILES = "core.profiles";

    int MAX_REASON = 1_000;
    int MAX_ANSWER = 500;

    /** The kinds that are asked for: {@code expert}, {@code leader}, {@code partner}. */
    List<String> KINDS = List.of(Profile.EXPERT.word(), Profile.LEADER.word(), Profile.PARTNER.word());

    /**
     * Asks for a kind.
     *
     * @param kind one of {@link #KINDS}
     * @param reason why, 20 to {@value #MAX_REASON} characters
     * @param neighbourhood where it is to hold, {@code null} for the whole town
     * @throws InvalidException naming each field
     * @throws ConflictException {@code core.kind-asked} if the same request waits already
     */
    KindRequest ask(Caller caller, @Nullable String kind, @Nullable String reason, @Nullable String neighbourhood);

    /** The caller's own requests, newest first, twenty at most. */
    List<KindRequest> own(Caller caller);

    /**
     * Takes back one's own request that waits; otherwise nothing changes.
     *
     * @throws NotFoundException if the caller has no such request
     */
    void withdraw(Caller caller, long request);

    /**
     * What waits for a decision, oldest first; only what the caller may decide about.
     *
     * @param paging cursors have one number
     * @throws ForbiddenException without {@link #PROFILES} anywhere
     */
    Slice<KindRequest> waiting(Caller caller, Paging paging);

    /**
     * Approves or refuses.
     *
     * @param answer to the member, {@value #MAX_ANSWER} characters at most; required for a refusal
     * @throws ConflictException {@code core.kind-decided} if somebody else decided, or it was taken back
     * @throws ForbiddenException without {@link #PROFILES} there, or about oneself ({@code core.kind-own})
     */
    KindRequest decide(Caller caller, long request, boolean approve, @Nullable String answer);

    /**
     * @param state {@code waiting}, {@code approved}, {@code refused} or {@code withdrawn}
     * @param answer of staff, "" for none
     */
    record KindRequest(
            long id,
            long member,
            String displayName,
            Profile kind,
            @Nullable String neighbourhood,
            String reason,
            String state,
            String answer,
            Instant askedAt) {}
}
