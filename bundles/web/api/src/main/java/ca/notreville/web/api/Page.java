// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import gg.jte.Content;

/**
 * A page to be shown inside the portal's layout, or a part of one.
 *
 * @param title of the page, plain text, without the name of the site
 * @param description for search engines and shared links, "" for none
 * @param body content of the main region
 * @param status of HTTP
 * @param fragment whether the body goes out alone, without layout
 */
public record Page(String title, String description, Content body, int status, boolean fragment) implements Answer {

    public static Page of(String title, Content body) {
        return new Page(title, "", body, 200, false);
    }

    /** A part of a page, for the page's script. */
    public static Page fragment(Content body) {
        return new Page("", "", body, 200, true);
    }

    public Page describedAs(String text) {
        return new Page(title, text, body, status, fragment);
    }

    public Page withStatus(int other) {
        return new Page(title, description, body, other, fragment);
    }
}
