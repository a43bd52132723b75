// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.member;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** People with an account. Each call is one transaction. */
@ProviderType
public interface MemberService {

    /**
     * Opens an account whose address counts as confirmed, for the platform's own programs; people open theirs with
     * {@link AccountService#signUp}.
     *
     * @throws InvalidException naming each field that is missing, too long, unknown, or (email) taken
     */
    Member signUp(Caller caller, SignUp draft);

    Optional<Member> find(long id);

    /**
     * For staff, who were told the address; never to tell a visitor whether an account exists.
     *
     * @param email in any case
     */
    Optional<Member> findByEmail(String email);

    /**
     * Names to show, for as many members as a page lists; ids without an account are left out.
     *
     * @param ids any number, in one query
     */
    Map<Long, String> displayNames(Collection<Long> ids);

    /**
     * Opens the first administrator's account with the one-time link that the start of the platform printed.
     *
     * @param token of the link
     * @throws NotFoundException if the link is not, or no more, good
     * @throws InvalidException as for {@link #signUp}
     */
    Member claimAdministration(Caller caller, String token, SignUp draft);

    /** Whether the one-time link is still good. */
    boolean administrationClaimable(String token);
}
