// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.event;

import ca.notreville.ideas.api.IdeaState;
import java.time.Instant;

/** An idea went from one state to another. */
public record IdeaMoved(long idea, IdeaState from, IdeaState to, Instant at) implements IdeaEvent {}
