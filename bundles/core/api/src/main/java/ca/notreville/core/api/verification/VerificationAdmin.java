// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.verification;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.verification.Residence.Level;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What staff do to verify, and what the municipality asks for. Each act stands in the audit log. */
@ProviderType
public interface VerificationAdmin {

    /** Verify at the counter, print letters, import lists. */
    String VERIFY = "core.verify";

    /** Decide which act needs which level, and which ways are open. */
    String RULES = "core.verification-rules";

    int MAX_REASON = 300;
    int MAX_COUNTER = 500;

    /** Bytes of a list. */
    int MAX_LIST = 32 * 1024 * 1024;

    int MAX_ROWS = 300_000;

    /** Letters printed in one go. */
    int MAX_PRINTED = 100;

    /**
     * Verifies at the counter.
     *
     * @throws NotFoundException if there is no such member
     * @throws ForbiddenException without {@link #VERIFY}
     */
    Residence verify(Caller caller, long member);

    /**
     * Takes a verification back; what is left is nothing.
     *
     * @param reason told in the audit log, required, {@value #MAX_REASON} characters at most
     * @throws InvalidException on {@code reason}
     * @throws ForbiddenException without {@link #VERIFY}
     */
    void revoke(Caller caller, long member, String reason);

    /**
     * Letters that wait to be printed, oldest first, as many as are printed in one go.
     *
     * @throws ForbiddenException without {@link #VERIFY}
     */
    List<WaitingLetter> waiting(Caller caller);

    /**
     * Makes the codes of these letters and hands out the letters as one PDF. The codes stand in it and nowhere else: here only
     * their hashes are kept. Printing one anew makes its former code worthless.
     *
     * @param letters ids, {@value #MAX_PRINTED} at most; those that are no more are left out
     * @throws NotFoundException if none of them is left
     * @throws ForbiddenException without {@link #VERIFY}
     */
    byte[] print(Caller caller, List<Long> letters);

    /**
     * Takes in a list of residents (CSV in UTF-8, with {@code ;} or {@code ,}): columns {@code name} or {@code first_name} and
     * {@code last_name} ({@code nom}, {@code prenom}), and {@code birth_date} ({@code date_naissance}) or {@code postal_code}
     * ({@code code_postal}) or both. Only salted hashes made with a secret are kept; they take the place of the former list's.
     *
     * @throws InvalidException on {@code file}, if it cannot be read so
     * @throws ForbiddenException without {@link #VERIFY}
     */
    ResidentList importList(Caller caller, InputStream csv);

    /**
     * Forgets the list.
     *
     * @throws ForbiddenException without {@link #VERIFY}
     */
    void dropList(Caller caller);

    /** @throws ForbiddenException without {@link #VERIFY} */
    @Nullable
    ResidentList list(Caller caller);

    /**
     * Each action of the installed modules and the level it needs, by module.
     *
     * @throws ForbiddenException without {@link #RULES}
     */
    Map<String, Level> rules(Caller caller);

    /**
     * @throws NotFoundException if no installed module declares the action
     * @throws ConflictException {@code core.verification-locks-out} for the acts by which rules are changed
     * @throws ForbiddenException without {@link #RULES}
     */
    void require(Caller caller, String action, Level level);

    /** @throws ForbiddenException without {@link #RULES} */
    Settings settings(Caller caller);

    /**
     * @throws InvalidException on {@code validMonths} or {@code counter}
     * @throws ForbiddenException without {@link #RULES}
     */
    void set(Caller caller, Settings settings);

    /**
     * @param post whether letters are sent
     * @param validMonths how long a verification holds, 1 to 120; 0 for ever
     * @param counter where and when people can come, "" for nowhere; {@value #MAX_COUNTER} characters at most
     */
    record Settings(boolean post, int validMonths, String counter) {}

    /**
     * @param name on the envelope
     * @param place city and postal code
     */
    record WaitingLetter(long id, long member, String name, String place, Instant requestedAt) {}

    /**
     * @param people how many hashes are kept
     * @param refused how many rows could not be used
     * @param firstRefused lines of the first of them, none of what they say
     */
    record ResidentList(
            Instant importedAt,
            int people,
            int refused,
            List<Integer> firstRefused,
            boolean birthDate,
            boolean postalCode) {
        public ResidentList {
            firstRefused = List.copyOf(firstRefused);
        }
    }
}
