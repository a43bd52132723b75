// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.mail;

import ca.notreville.core.api.mail.Letter;

/**
 * What the template of a letter shows.
 *
 * @param buttonAddress whole address, "" without a button
 * @param stop words of the link that ends such letters, "" for none
 */
public record LetterView(
        Letter letter, String town, String buttonAddress, String footer, String stop, String stopAddress) {}
