// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.access;

import java.util.Set;

/**
 * Something that can be allowed or not, declared by the module that owns it.
 *
 * @param id {@code <module>.<verb>}, e.g. {@code ideas.vote}; its label is under {@code action.<id>}
 * @param defaultRoles who may, unless the municipality decides otherwise
 */
public record Action(String id, Set<Role> defaultRoles) {

    public Action {
        defaultRoles = Set.copyOf(defaultRoles);
    }

    public static Action of(String id, Role... defaultRoles) {
        return new Action(id, Set.of(defaultRoles));
    }
}
