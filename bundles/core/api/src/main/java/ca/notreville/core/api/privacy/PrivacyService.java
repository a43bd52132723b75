// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.privacy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.NotFoundException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** One's own data: to take along, and to have erased. Only a person in a session of their own may, never an API token. */
@ProviderType
public interface PrivacyService {

    /** Days between the wish to end an account and its end. */
    int GRACE_DAYS = 30;

    /** Days for which an archive can be downloaded. */
    int ARCHIVE_DAYS = 7;

    /** Has an archive made of everything that every module knows of the caller. One that is being made is returned as it is. */
    Archive requestArchive(Caller caller);

    /** The caller's latest archive. */
    Optional<Archive> archive(Caller caller);

    /**
     * Opens the caller's latest archive, a ZIP of JSON files.
     *
     * @throws NotFoundException if there is none, or no more
     */
    InputStream openArchive(Caller caller);

    /**
     * Wishes the caller's account to end after {@value #GRACE_DAYS} days. Wishing twice changes nothing.
     *
     * @throws ConflictException {@code core.last-administrator}
     */
    Erasure requestErasure(Caller caller);

    /** Takes the wish back. Without one nothing happens. */
    void cancelErasure(Caller caller);

    Optional<Erasure> erasure(Caller caller);

    /**
     * @param state running, done, failed or expired
     * @param steps in how many it is made
     */
    record Archive(
            long id,
            String state,
            int steps,
            int stepsDone,
            long size,
            Instant requestedAt,
            @Nullable Instant expiresAt) {
        public boolean running() {
            return state.equals("running");
        }

        public boolean done() {
            return state.equals("done");
        }
    }

    /** @param dueAt when the account ends */
    record Erasure(Instant requestedAt, Instant dueAt) {}
}
