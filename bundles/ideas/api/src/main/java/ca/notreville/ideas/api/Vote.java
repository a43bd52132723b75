// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.time.Instant;

/**
 * One member's vote on one idea.
 *
 * @param receipt code that stands for this vote, see {@link ReceiptService}; it changes when the choice does; cut off once
 *     the member has left
 * @param atCounter whether staff entered it for the member at the counter, or from paper; no more once the member votes otherwise
 */
public record Vote(long idea, Choice choice, String receipt, Instant castAt, boolean atCounter) {}
