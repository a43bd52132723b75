// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

/**
 * "See other" after a form was taken.
 *
 * @param path on this site, beginning with one slash
 * @param notice key of a message shown once on the next page, "" for none
 */
public record Redirect(String path, String notice) implements Answer {

    public Redirect {
        if (!path.startsWith("/")
                || path.startsWith("//")
                || path.contains("\\")
                || path.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("not a path of this site: " + path);
        }
    }

    public static Redirect to(String path) {
        return new Redirect(path, "");
    }

    /** Says on the next page what happened. */
    public Redirect saying(String messageKey) {
        return new Redirect(path, messageKey);
    }
}
