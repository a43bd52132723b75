// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.event;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told of facts, as a whiteboard service.
 *
 * <p>Delivery is at most once, on this node only, on the thread that published and after its transaction: be quick. What is
 * thrown is logged and disturbs nobody. Work that must not be lost belongs in a row written with the fact itself (outbox,
 * job), not here.
 */
@ConsumerType
public interface EventHandler<E extends DomainEvent> {

    /** The facts this handler wants: this class and its subclasses. */
    Class<E> type();

    void handle(E event);
}
