// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a person typed into a form, and what is wrong with it. A resource method takes the posted one as
 * {@code @Context Form form}; a page that shows an empty form makes one with {@link #empty()}.
 *
 * <p>Immutable. A form that was not taken is shown again with what was typed and a message at each field:
 *
 * <pre>
 * return form.attempt(() -> ideas.submit(visit.caller(), draft(form)))
 *         .then(idea -> Redirect.to("/ideas/" + idea.id()))
 *         .orAgain(wrong -> editor(visit, wrong));
 * </pre>
 */
public final class Form {

    private final Map<String, List<String>> values;
    private final Map<String, Upload> uploads;
    private final List<FieldError> errors;

    public Form(Map<String, List<String>> values, Map<String, Upload> uploads, List<FieldError> errors) {
        this.values = values;
        this.uploads = uploads;
        this.errors = List.copyOf(errors);
    }

    public static Form empty() {
        return new Form(Map.of(), Map.of(), List.of());
    }

    /** The same with one field filled in. */
    public Form with(String name, @Nullable String value) {
        if (value == null) {
            return this;
        }
        Map<String, List<String>> more = new LinkedHashMap<>(values);
        more.put(name, List.of(value));
        return new Form(more, uploads, errors);
    }

    public Form withErrors(List<FieldError> found) {
        List<FieldError> all = new ArrayList<>(errors);
        all.addAll(found);
        return new Form(values, uploads, all);
    }

    /** Names and values as posted, in order. */
    public Map<String, List<String>> values() {
        return values;
    }

    /** The field's text, or "". */
    public String value(String name) {
        List<String> all = values.get(name);
        return all == null || all.isEmpty() ? "" : all.get(0);
    }

    /** The field's text, or {@code null} if it is missing or blank: a choice that was left open. */
    public @Nullable String optional(String name) {
        String value = value(name);
        return value.isBlank() ? null : value;
    }

    /** The file of this field; empty if none was chosen. */
    public Optional<Upload> upload(String name) {
        return Optional.ofNullable(uploads.get(name));
    }

    /** Names of the file fields and their files. */
    public Map<String, Upload> uploads() {
        return uploads;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Optional<FieldError> error(String name) {
        return errors.stream().filter(e -> e.field().equals(name)).findFirst();
    }

    /** Runs a use case with what was typed. Only "invalid" leads back to the form; whatever else is thrown goes on. */
    public <T> Attempt<T> attempt(Supplier<T> useCase) {
        try {
            return new Attempt<>(useCase.get(), null);
        } catch (InvalidException e) {
            return new Attempt<>(null, withErrors(e.errors()));
        }
    }

    /** What came of a use case: a result, or the form with errors. */
    public static final class Attempt<T> {
        private final @Nullable T result;
        private final @Nullable Form wrong;

        private Attempt(@Nullable T result, @Nullable Form wrong) {
            this.result = result;
            this.wrong = wrong;
        }

        public Then<T> then(Function<T, ? extends Answer> answer) {
            return new Then<>(this, answer);
        }
    }

    /** The second half of the sentence. */
    public static final class Then<T> {
        private final Attempt<T> attempt;
        private final Function<T, ? extends Answer> answer;

        private Then(Attempt<T> attempt, Function<T, ? extends Answer> answer) {
            this.attempt = attempt;
            this.answer = answer;
        }

        /** @param page the page with the form; it goes out with status 422 */
        @SuppressWarnings("NullAway") // a use case without a result hands null on to its own answer function
        public Answer orAgain(Function<Form, Page> page) {
            return attempt.wrong == null
                    ? answer.apply(attempt.result)
                    : page.apply(attempt.wrong).withStatus(422);
        }
    }
}
