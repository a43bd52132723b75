// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.audit;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The audit log: append-only and hash-chained.
 *
 * <p>An entry is written in the transaction of what it tells, so that it is there exactly if that happened. Within seconds one
 * node gives it its place in the chain: a number without gaps and the SHA-256 of the previous hash and the entry. Whoever
 * changes, removes or inserts an entry afterwards breaks the chain from there on.
 */
@ProviderType
public interface AuditLog {

    /** Read the log. */
    String READ = "core.audit";

    int MAX_ACTION = 60;
    int MAX_SUBJECT = 120;
    int MAX_DETAILS = 4_000;

    /**
     * Adds an entry in the caller's transaction.
     *
     * @param connection of the transaction that does what the entry tells
     * @param caller who did it; the operator's shell is member 0
     * @param action what was done, {@code <module>.<verb>}, {@value #MAX_ACTION} characters at most
     * @param subject what it was done to, e.g. {@code member:42}, {@value #MAX_SUBJECT} characters at most
     * @param details what else must be known to understand it; no secrets, {@value #MAX_DETAILS} characters in all
     */
    void append(Connection connection, Caller caller, String action, String subject, Map<String, String> details)
            throws SQLException;

    /**
     * Newest first.
     *
     * @param filter what to show
     * @param paging cursors of this list have one number
     * @throws ForbiddenException without {@link #READ}
     */
    Slice<Entry> list(Caller caller, Filter filter, Paging paging);

    /**
     * Walks the whole chain.
     *
     * @throws ForbiddenException without {@link #READ}
     */
    Verification verify(Caller caller);

    /**
     * @param action only entries with this action, {@code null} for all
     * @param subject only entries about this, {@code null} for all
     * @param actor only what this member did, {@code null} for all
     */
    record Filter(
            @Nullable String action,
            @Nullable String subject,
            @Nullable Long actor) {
        public static final Filter ALL = new Filter(null, null, null);
    }

    /**
     * @param number place in the chain, 0 until it has one
     * @param actor id of the member, 0 for the operator or a visitor
     */
    record Entry(
            long id, long number, Instant at, long actor, String action, String subject, Map<String, String> details) {
        public Entry {
            details = Map.copyOf(details);
        }
    }

    /**
     * @param entries how many stand in the chain
     * @param waiting how many have no place in it yet
     * @param faults what is wrong, in words for an operator; empty if the chain is whole
     * @param head hash of the last entry, "" for an empty chain; note it elsewhere to notice a log cut at its end
     */
    record Verification(long entries, long waiting, List<String> faults, String head) {
        public Verification {
            faults = List.copyOf(faults);
        }
    }
}
