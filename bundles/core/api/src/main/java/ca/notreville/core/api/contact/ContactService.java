// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.contact;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.organisation.Actor;
import ca.notreville.core.api.organisation.NamedActor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Who knows whom, and whom somebody wants to hear nothing from. Each call is one transaction. */
@ProviderType
public interface ContactService {

    /** Ask people to connect, write messages. */
    String CONNECT = "core.connect";

    int MAX_WORDS = 300;

    /** Requests one person may make within a day. */
    int MAX_A_DAY = 20;

    /** How two people stand to each other, seen from one of them. */
    enum State {
        NONE,
        /** The caller asked. */
        ASKED,
        /** The other asked, and the caller may answer. */
        WAITING,
        CONNECTED,
        /** The caller blocked the other. */
        BLOCKED
    }

    /** {@link State#NONE} for visitors and for oneself. Somebody who was blocked or declined is not told. */
    State state(Caller caller, long member);

    /**
     * Asks to connect. Where the other has asked already, both are connected; asking twice changes nothing.
     *
     * @param words to go with it, {@value #MAX_WORDS} characters at most
     * @throws InvalidException on {@code words}
     * @throws NotFoundException if there is no such member
     * @throws ForbiddenException {@code core.not-reachable} if the other wants no requests, or none from the caller; or without
     *     {@link #CONNECT}
     * @throws TooManyRequestsException {@code core.too-many-requests}
     */
    State connect(Caller caller, long member, @Nullable String words);

    /**
     * Answers a request.
     *
     * @throws NotFoundException if there is none
     */
    void answer(Caller caller, long member, boolean accept);

    /** Ends a connection or takes back a request; otherwise nothing changes. */
    void disconnect(Caller caller, long member);

    /** Requests that wait for the caller, newest first, 100 at most. */
    List<Request> requests(Caller caller);

    /** Whom the caller is connected with, newest first, 500 at most. */
    List<NamedActor> connections(Caller caller);

    /** Hears nothing more from somebody, who is not told; a connection ends. Blocking twice changes nothing. */
    void block(Caller caller, Actor actor);

    void unblock(Caller caller, Actor actor);

    /** Whom the caller blocked, newest first. */
    List<NamedActor> blocked(Caller caller);

    /** A request that waits. */
    record Request(long member, String displayName, String words, Instant askedAt) {}
}
