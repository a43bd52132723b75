// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.event;

import java.time.Instant;

/** A member took their vote back. */
public record VoteWithdrawn(long idea, long member, Instant at) implements IdeaEvent {}
