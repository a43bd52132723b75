// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.event;

import ca.notreville.core.api.event.DomainEvent;

/** Something that happened to one idea. */
public sealed interface IdeaEvent extends DomainEvent permits IdeaSubmitted, IdeaMoved, VoteCast, VoteWithdrawn {

    /** Id of the idea. */
    long idea();
}
