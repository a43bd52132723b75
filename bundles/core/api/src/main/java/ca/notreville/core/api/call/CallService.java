// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.call;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.follow.Target;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Calls to action. Each call is one transaction. */
@ProviderType
public interface CallService {

    /** Send a call, in the neighbourhood that it is for or that its initiative is in. */
    String CALL = "core.call";

    int MAX_RESULT = 1_000;

    /** How many calls a list has at most. */
    int MOST_LISTED = 50;

    /** Calls of one sender within {@value #WINDOW_DAYS} days, so that people go on listening. */
    int MOST_SENT = 5;

    int WINDOW_DAYS = 7;

    /** Whether the caller may call the people of this target. */
    boolean mayCall(Caller caller, Target target);

    /**
     * Sends a call to those who live in a neighbourhood or follow it, or to those who follow an initiative.
     *
     * @param target an initiative, not a theme
     * @throws InvalidException naming each field that is wrong
     * @throws NotFoundException if the caller can see no such target
     * @throws ForbiddenException without {@link #CALL} there
     * @throws TooManyRequestsException {@code core.too-many-calls}
     */
    Call send(Caller caller, Target target, CallDraft draft);

    /** @throws NotFoundException if there is none */
    Call get(long id);

    /**
     * Those that take answers, the soonest to close first.
     *
     * @param neighbourhood id, {@code null} for the whole town
     * @param limit 1 to {@value #MOST_LISTED}
     */
    List<Call> open(@Nullable String neighbourhood, int limit);

    /** What the caller answered; empty for a visitor. */
    Optional<CallAnswer> answer(Caller caller, long id);

    /**
     * Answers, or answers otherwise than before. Of many who say yes at once, exactly as many are counted as are wanted.
     *
     * @throws NotFoundException if there is no such call
     * @throws ConflictException {@code core.call-closed}, {@code core.call-full}
     * @throws UnauthenticatedException for a visitor
     */
    Call answer(Caller caller, long id, CallAnswer answer);

    /**
     * Answers by the link of a letter, without a session.
     *
     * @param token as in the link
     * @throws NotFoundException {@code core.call-link-not-good}
     * @throws ConflictException as for {@link #answer(Caller, long, CallAnswer)}
     */
    Call answerByLetter(long id, String token, CallAnswer answer);

    /**
     * What whoever got this letter answered.
     *
     * @throws NotFoundException {@code core.call-link-not-good}
     */
    Optional<CallAnswer> answerByLetter(long id, String token);

    /** Whether the caller may close this call and tell what came of it: its sender, and staff there. */
    boolean mayClose(Caller caller, Call call);

    /**
     * Takes no more answers, and tells everybody who answered how many will come. A call closes by itself when its time is
     * over. Closing twice changes nothing.
     *
     * @throws ForbiddenException for anybody who may not
     */
    Call close(Caller caller, long id);

    /**
     * Tells everybody who answered what came of it, once; closes the call if it is open.
     *
     * @param result required, {@value #MAX_RESULT} characters at most
     * @throws InvalidException on {@code result}
     * @throws ConflictException {@code core.call-result-told}
     * @throws ForbiddenException for anybody who may not
     */
    Call tell(Caller caller, long id, @Nullable String result);
}
