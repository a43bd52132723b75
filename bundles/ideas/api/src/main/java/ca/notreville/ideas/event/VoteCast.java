// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.event;

import ca.notreville.ideas.api.Choice;
import java.time.Instant;

/** A member voted, or changed their vote. */
public record VoteCast(long idea, long member, Choice choice, Instant at) implements IdeaEvent {}
