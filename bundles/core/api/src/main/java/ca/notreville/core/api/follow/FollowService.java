// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.follow;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import java.sql.Connection;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ProviderType;

/** Who follows what. Each call is one transaction unless it is given one. */
@ProviderType
public interface FollowService {

    /** Nobody follows more than this. */
    int MAX = 2_000;

    /** Cursors of {@link #list} have this many numbers. */
    int CURSOR_SIZE = 1;

    /**
     * Following twice changes nothing.
     *
     * @throws NotFoundException if the caller can see no such thing
     * @throws ConflictException {@code core.follows-too-much}, {@code core.follows-self}
     * @throws UnauthenticatedException for a visitor
     */
    void follow(Caller caller, Target target);

    /**
     * Stops following, also what is no longer there. It is remembered: {@link #automatically} does not bring it back.
     *
     * @throws UnauthenticatedException for a visitor
     */
    void unfollow(Caller caller, Target target);

    /** Always {@code false} for a visitor. */
    boolean follows(Caller caller, Target target);

    /** How many follow it; another node's change counts within seconds. */
    int followers(Target target);

    /**
     * What the caller follows, latest first.
     *
     * @throws UnauthenticatedException for a visitor
     */
    Slice<Followed> list(Caller caller, Paging paging);

    /**
     * Has a member follow what they take part in, if their rules say so and they did not stop following it before; for the
     * module where it happens, in its transaction.
     */
    void automatically(Connection connection, long member, Target target, Occasion occasion) throws SQLException;

    /** @throws UnauthenticatedException for a visitor */
    FollowRules rules(Caller caller);

    /** @throws UnauthenticatedException for a visitor */
    void setRules(Caller caller, FollowRules rules);
}
