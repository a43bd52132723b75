// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.event;

import java.time.Instant;

/** A new idea is published. */
public record IdeaSubmitted(long idea, long author, Instant at) implements IdeaEvent {}
