// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.contact;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.organisation.Actor;
import ca.notreville.core.api.organisation.NamedActor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Messages between people who are connected, and between anybody and organisations. Two actors have one thread; those who act
 * for an organisation read and write in its threads together. Each call is one transaction.
 */
@ProviderType
public interface MessageService {

    int MAX_BODY = 4_000;

    /** Messages one person may write within an hour. */
    int MAX_AN_HOUR = 60;

    /**
     * Writes a message. The other side is told by letter, at most once an hour for each thread, and not while it has read
     * everything.
     *
     * @param from in whose name
     * @param body required, plain text
     * @throws InvalidException on {@code body}
     * @throws NotFoundException if there is no such member or organisation
     * @throws ForbiddenException {@code core.not-your-name}; {@code core.not-connected} to a member who is not connected with
     *     the sender and has not written to it; {@code core.not-reachable} if the other blocked the sender; or without
     *     {@link ContactService#CONNECT}
     * @throws TooManyRequestsException {@code core.too-many-messages}
     */
    Message send(Caller caller, Actor from, Actor to, @Nullable String body);

    /**
     * All threads of the caller and of the organisations they act for, the one with the newest message first.
     *
     * @param paging cursors have one number
     */
    Slice<Conversation> threads(Caller caller, Paging paging);

    /** @throws NotFoundException if there is none in which the caller takes part */
    Conversation thread(Caller caller, long id);

    /**
     * Newest first. What is read is no more unread, for all who act for that side.
     *
     * @param paging cursors have one number
     * @throws NotFoundException as {@link #thread}
     */
    Slice<Message> messages(Caller caller, long thread, Paging paging);

    /** How many of the caller's threads have something unread; 0 for a visitor. */
    int unread(Caller caller);

    /**
     * A thread seen from one side.
     *
     * @param own the side that the caller is on
     * @param other the other side, its name "" if it is gone
     * @param unread whether something was written that nobody of this side has read
     */
    record Conversation(long id, NamedActor own, NamedActor other, boolean unread, Instant lastAt) {}

    /**
     * @param from the side that wrote
     * @param author name of the person who wrote
     */
    record Message(long id, long thread, Actor from, String author, String body, Instant writtenAt) {}
}
