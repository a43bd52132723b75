// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.time.Instant;

/**
 * An idea that is still being written, which its writer alone sees.
 *
 * @param version goes up at each save; a save names the one that it changes
 * @param draft as far as it goes: missing texts are ""
 */
public record SavedDraft(long id, int version, IdeaDraft draft, Instant savedAt) {}
