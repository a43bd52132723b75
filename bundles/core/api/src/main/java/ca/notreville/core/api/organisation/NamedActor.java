// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.organisation;

/** An actor and what it is called. */
public record NamedActor(Actor actor, String name) {}
