// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.notify;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** A member's own news and what they decided about them. Each call is one transaction and is refused to visitors. */
@ProviderType
public interface NotificationService {

    /** {@link #unread} does not count further. */
    int MOST_UNREAD = 100;

    /** Cursors of {@link #list} have this many numbers. */
    int CURSOR_SIZE = 1;

    /**
     * Latest first.
     *
     * @throws UnauthenticatedException for a visitor
     */
    Slice<Notification> list(Caller caller, Paging paging);

    /** How many are unread, {@value #MOST_UNREAD} at most; 0 for a visitor. Remembered for seconds, since every page asks. */
    int unread(Caller caller);

    /**
     * Marks one as read.
     *
     * @throws NotFoundException if the caller has no such news
     */
    Notification read(Caller caller, long id);

    /**
     * Marks as read what the caller has seen.
     *
     * @param upTo id of the latest that was shown; what came since stays unread
     */
    void readAll(Caller caller, long upTo);

    Preferences preferences(Caller caller);

    /**
     * Decides about some kinds and leaves the others as they are.
     *
     * @param kinds by id
     * @throws InvalidException on {@code kinds}, for one that no module declares
     */
    Preferences decide(Caller caller, Map<String, Delivery> kinds, boolean digests);

    /**
     * Agrees to e-mail, or no longer; recorded with date and source, and in the audit log.
     *
     * @param agreed the same as before changes nothing
     */
    void agreeToMail(Caller caller, boolean agreed, Preferences.Source source);

    /** What a link in a letter stops. */
    enum Stop {
        /** Letters of one kind. */
        KIND,
        /** Digests. */
        DIGESTS,
        /** Every e-mail that is not asked for. */
        ALL
    }

    /**
     * Ends letters as their link says, without a session; good for ever, and twice the same as once.
     *
     * @param what as in the link: id of a kind, or {@code digests}
     * @param token as in the link
     * @param everything to stop all e-mail rather than these letters
     * @throws NotFoundException {@code core.stop-not-good}
     */
    void stop(String what, String token, boolean everything);

    /**
     * Whether a link is good, to show its page.
     *
     * @throws NotFoundException {@code core.stop-not-good}
     */
    Stop stoppable(String what, String token);
}
