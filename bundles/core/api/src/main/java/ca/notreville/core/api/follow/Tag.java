// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.follow;

/**
 * A theme that news can be about.
 *
 * @param slug as in {@link Target#tag}
 * @param title in the language that was asked for
 * @param path of the page that lists what is under it
 */
public record Tag(String slug, String title, String path) {}
