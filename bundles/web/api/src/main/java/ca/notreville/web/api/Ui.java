// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import ca.notreville.core.api.error.FieldError;
import gg.jte.Content;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The portal's components, for templates: {@code ${visit.ui().csrf()}}. Each returns content that escapes what it is given. */
@ProviderType
public interface Ui {

    /** Hidden field that every posted form of a signed-in person must carry, first in the form. */
    Content csrf();

    /** Hidden fields of a sign-in form that carry along what the person was about to do. */
    Content carry(Form form);

    /** A labelled field of a form with its hint, what was typed, and its error. */
    Field field(Form form, String name);

    /** The errors of a form above it, each a link to its field; nothing if there are none. */
    Content errorSummary(Form form);

    /** The text of an error in the language of the answer. */
    String errorText(FieldError error);

    /** A round picture for a person: initials on a colour that goes with the person. */
    Content avatar(long memberId, String name);

    /**
     * A drawn picture for whatever has no photo, always the same for the same seed.
     *
     * @param theme word that chooses the motif and colour, e.g. a category; any word is fine
     * @param seed e.g. the id
     */
    Content drawing(String theme, long seed);

    /** A drawn sign from the portal's set, decorative (hidden from assistive technology). */
    Content icon(String name);

    /** A plain text as people typed it: a paragraph at each blank line, a line break at each line's end. */
    Content paragraphs(String text);

    /** "Show more", if there is more: a plain link that the page's script turns into loading in place. */
    Content more(@Nullable String href);

    /** A field under construction; it is content itself. */
    @ProviderType
    interface Field extends Content {

        /** Another id than the name, where a page has several fields of one name. */
        Field id(String elementId);

        /** Key of the label. */
        Field label(String messageKey, Object... namesAndValues);

        /** Key of a sentence under the label that helps to fill the field in. */
        Field hint(String messageKey, Object... namesAndValues);

        /** {@code email}, {@code password}, {@code search}, {@code file} …; {@code text} unless told. */
        Field type(String inputType);

        /** Several lines. */
        Field lines(int rows);

        /** A choice; the empty value may be among the options. */
        Field options(List<Option> options);

        Field maxLength(int characters);

        /** Value of the {@code autocomplete} attribute, e.g. {@code current-password}. */
        Field autocomplete(String token);

        /** File types to offer, e.g. {@code .csv}. */
        Field accept(String types);

        Field required();
    }

    /** One option of a choice. */
    record Option(String value, String label) {}
}
