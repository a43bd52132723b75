// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.document;

import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a document, as it was sent; {@link DocumentService} checks it.
 *
 * @param title {@value #MAX_TITLE} characters at most on one line; of a file it may be missing and is then its name
 * @param folder {@value #MAX_FOLDER} characters at most on one line, missing for none
 * @param caption {@value #MAX_CAPTION} characters at most; required for a picture, as its text alternative
 * @param link an address that begins with {@code https://}, {@value #MAX_LINK} characters at most; only for links
 * @param readFirst whether people should read it before they vote; ignored from somebody who may not manage documents there
 */
public record DocumentDraft(
        @Nullable String title,
        @Nullable String folder,
        @Nullable String caption,
        @Nullable String link,
        boolean readFirst) {

    public static final int MAX_TITLE = 150;
    public static final int MAX_FOLDER = 60;
    public static final int MAX_CAPTION = 500;
    public static final int MAX_LINK = 1_000;
}
