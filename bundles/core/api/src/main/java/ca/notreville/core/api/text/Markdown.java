// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.text;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The part of Markdown that people need when they talk: paragraphs and line breaks, emphasis, lists, quotations, code, links.
 * Headings and pictures are not part of it: the first would break the outline of the page, the second would let strangers see
 * who reads it. Whatever else is written, HTML among it, is shown as the text that it is. Safe for any number of threads;
 * costs a look into memory for what was rendered lately.
 */
@ProviderType
public interface Markdown {

    /** Levels of lists and quotations inside each other; what is deeper is text. */
    int MAX_DEPTH = 8;

    /** Safe HTML; links are {@code nofollow ugc noopener}. */
    String html(String markdown);

    /** The words alone, on one line, for excerpts and letters. */
    String plain(String markdown);
}
