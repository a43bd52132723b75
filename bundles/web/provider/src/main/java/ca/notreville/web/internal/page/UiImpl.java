// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import ca.notreville.core.api.error.FieldError;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Ui;
import ca.notreville.web.internal.view.StaticTemplates;
import ca.notreville.web.internal.view.Templates;
import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The portal's components for one visit. */
public final class UiImpl implements Ui {

    static final Templates VIEWS = new StaticTemplates();
    private static final Content NOTHING = output -> {};

    private final VisitImpl visit;

    UiImpl(VisitImpl visit) {
        this.visit = visit;
    }

    @Override
    public Content csrf() {
        return VIEWS.hidden("csrf", visit.csrfToken());
    }

    @Override
    public Content carry(Form form) {
        String pending = form.value(Pending.FIELD);
        String next = form.value(Pending.NEXT);
        return output -> {
            if (!pending.isEmpty()) {
                VIEWS.hidden(Pending.FIELD, pending).writeTo(output);
            }
            if (!next.isEmpty()) {
                VIEWS.hidden(Pending.NEXT, next).writeTo(output);
            }
        };
    }

    @Override
    public Field field(Form form, String name) {
        return new FieldImpl(visit, form, name);
    }

    @Override
    public Content errorSummary(Form form) {
        return form.errors().isEmpty() ? NOTHING : VIEWS.errorSummary(visit, form);
    }

    @Override
    public String errorText(FieldError error) {
        return visit.text("error." + error.code(), flat(error.arguments()));
    }

    private static Object[] flat(Map<String, Object> arguments) {
        return arguments.entrySet().stream()
                .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                .toArray();
    }

    @Override
    public Content avatar(long memberId, String name) {
        return VIEWS.avatar(Drawings.hue(memberId), Drawings.initials(name));
    }

    @Override
    public Content drawing(String theme, long seed) {
        return Drawings.of(theme, seed);
    }

    @Override
    public Content icon(String name) {
        return Icons.of(name);
    }

    @Override
    public Content paragraphs(String text) {
        return VIEWS.paragraphs(List.of(text.strip().split("\\n\\s*\\n", -1)));
    }

    @Override
    public Content more(@Nullable String href) {
        return href == null ? NOTHING : VIEWS.more(visit, href);
    }

    /** A field while a template says what it is like. */
    public static final class FieldImpl implements Field {
        private final VisitImpl visit;
        private final Form form;
        private final String name;
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private String id;
        private String label = "";
        private String hint = "";
        private String type = "text";
        private int lines;
        private int maxLength;
        private boolean required;
        private @Nullable List<Option> options;

        FieldImpl(VisitImpl visit, Form form, String name) {
            this.visit = visit;
            this.form = form;
            this.name = name;
            this.id = name;
        }

        @Override
        public Field id(String elementId) {
            id = elementId;
            return this;
        }

        @Override
        public Field label(String messageKey, Object... namesAndValues) {
            label = visit.text(messageKey, namesAndValues);
            return this;
        }

        @Override
        public Field hint(String messageKey, Object... namesAndValues) {
            hint = visit.text(messageKey, namesAndValues);
            return this;
        }

        @Override
        public Field type(String inputType) {
            type = inputType;
            return this;
        }

        @Override
        public Field lines(int rows) {
            lines = rows;
            return this;
        }

        @Override
        public Field options(List<Option> choice) {
            options = choice;
            return this;
        }

        @Override
        public Field maxLength(int characters) {
            maxLength = characters;
            return this;
        }

        @Override
        public Field autocomplete(String token) {
            attributes.put("autocomplete", token);
            return this;
        }

        @Override
        public Field accept(String types) {
            attributes.put("accept", types);
            return this;
        }

        @Override
        public Field required() {
            required = true;
            return this;
        }

        @Override
        public void writeTo(TemplateOutput output) {
            VIEWS.field(visit, this).writeTo(output);
        }

        public String name() {
            return name;
        }

        public String elementId() {
            return id;
        }

        public String label() {
            return label;
        }

        public String hint() {
            return hint;
        }

        public String type() {
            return type;
        }

        public int lines() {
            return lines;
        }

        public @Nullable List<Option> options() {
            return options;
        }

        public @Nullable Integer maxLengthOrNull() {
            return maxLength == 0 ? null : maxLength;
        }

        public boolean isRequired() {
            return required;
        }

        public @Nullable String attribute(String attribute) {
            return attributes.get(attribute);
        }

        /** What was typed; never a password. */
        public String value() {
            return type.equals("password") || type.equals("file") ? "" : form.value(name);
        }

        public @Nullable String error() {
            return form.error(name).map(visit.ui()::errorText).orElse(null);
        }

        /** Ids of the hint and the error, which assistive technology reads with the field. */
        public @Nullable String describedBy() {
            String ids = (hint.isEmpty() ? "" : id + "-hint ") + (error() == null ? "" : id + "-error");
            return ids.isBlank() ? null : ids.strip();
        }
    }
}
