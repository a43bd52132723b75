// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.ideas.api.IdeaDraft;
import ca.notreville.ideas.api.SavedDraft;
import ca.notreville.web.api.Form;

/** A draft as the fields of the form in which it is written. */
final class Drafts {

    private static final String ID = "draft";
    private static final String VERSION = "draftVersion";

    private Drafts() {}

    static IdeaDraft of(Form form) {
        return new IdeaDraft(
                form.value("title"),
                form.value("need"),
                form.value("proposal"),
                form.value("beneficiaries"),
                form.optional("category"),
                form.optional("neighbourhood"));
    }

    static Form form(SavedDraft saved) {
        IdeaDraft draft = saved.draft();
        return Form.empty()
                .with("title", draft.title())
                .with("need", draft.need())
                .with("proposal", draft.proposal())
                .with("beneficiaries", draft.beneficiaries())
                .with("category", draft.category())
                .with("neighbourhood", draft.neighbourhood())
                .with(ID, String.valueOf(saved.id()))
                .with(VERSION, String.valueOf(saved.version()));
    }

    /** Which draft is being written, 0 for none. */
    static long id(Form form) {
        return number(form, ID);
    }

    /** Which version of it the person has before them. */
    static int version(Form form) {
        return (int) number(form, VERSION);
    }

    private static long number(Form form, String field) {
        String text = form.value(field);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }
}
