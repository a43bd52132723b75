// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.organisation.Actor;
import ca.notreville.core.api.organisation.NamedActor;
import java.util.List;

/**
 * The choice "in whose name" of a form, for whatever a member can do for themselves or for an organisation:
 *
 * <pre>
 * ${InWhoseName.field(v, form, organisations.actors(v.caller()))}          // in the template
 * Actor actor = InWhoseName.read(visit, form);                             // in the page
 * organisations.requireActFor(caller, actor);                              // in the service, always
 * </pre>
 */
public final class InWhoseName {

    /** Name of the field. */
    public static final String FIELD = "actor";

    private InWhoseName() {}

    /** A choice among the actors; who can act for themselves alone needs none, and {@link #read} then finds them. */
    public static Ui.Field field(Visit visit, Form form, List<NamedActor> actors) {
        return visit.ui()
                .field(form, FIELD)
                .label("core.actor.label")
                .options(actors.stream()
                        .map(actor -> new Ui.Option(actor.actor().toString(), actor.name()))
                        .toList())
                .required();
    }

    /**
     * Whom the person chose, themselves where the form had no such field.
     *
     * @throws InvalidException on {@value #FIELD}
     */
    public static Actor read(Visit visit, Form form) {
        String chosen = form.optional(FIELD);
        return chosen == null
                ? Actor.member(visit.caller().requireMember())
                : Actor.parse(chosen).orElseThrow(() -> InvalidException.of(FIELD, "not-one-of"));
    }
}
