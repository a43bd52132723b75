// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.time.Instant;

/**
 * A seal on the public list of votes: from then on what is above it cannot change without its root changing too.
 *
 * @param number 1 for the first
 * @param entries how many entries of the list are under it and all seals before it
 * @param root SHA-256 of the list until there, 64 hexadecimal digits
 */
public record VoteSeal(long number, long entries, Instant sealedAt, String root) {}
