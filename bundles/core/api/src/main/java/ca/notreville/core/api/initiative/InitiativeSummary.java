// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.initiative;

/**
 * What other modules may know of an initiative.
 *
 * @param title as its author wrote it, plain text
 * @param path of its page, e.g. {@code /ideas/42}
 * @param discussable whether new comments are taken now
 */
public record InitiativeSummary(Initiative initiative, String title, String path, boolean discussable) {}
