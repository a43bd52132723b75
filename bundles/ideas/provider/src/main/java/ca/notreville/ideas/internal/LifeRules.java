// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.ideas.api.IdeaState;

/** What the state of an idea allows. */
final class LifeRules {

    private LifeRules() {}

    /** @throws ConflictException that says why there is no voting */
    static void requireOpen(IdeaState state) {
        switch (state) {
            case PUBLISHED -> {}
            case DRAFT -> throw new NotFoundException();
            case MERGED -> throw new ConflictException("ideas.merged");
            case WITHDRAWN -> throw new ConflictException("ideas.withdrawn");
            case HIDDEN -> throw new ConflictException("ideas.hidden");
            case UNDER_REVIEW, ACCEPTED, DECLINED, TAKEN_UP -> throw new ConflictException("ideas.voting-closed");
        }
    }

    /** @throws ConflictException unless an idea may go from one to the other */
    static void requireStep(IdeaState from, IdeaState to) {
        if (from == IdeaState.HIDDEN) {
            throw new ConflictException("ideas.hidden");
        }
        if (!from.next().contains(to)) {
            throw new ConflictException("ideas.step-refused");
        }
    }
}
