// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.time.Instant;

/**
 * An idea that waits for the municipality's answer.
 *
 * @param since when the review began
 */
public record Awaiting(IdeaCard idea, Instant since) {}
