// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.event;

import ca.notreville.core.api.event.DomainEvent;
import ca.notreville.core.api.event.EventHandler;
import ca.notreville.core.api.event.EventPublisher;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells each handler on the publisher's thread; one that throws is logged and passed over. */
@Component(immediate = true)
public final class EventBus implements EventPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<EventHandler<?>> handlers;

    @Activate
    public EventBus() {
        this(new CopyOnWriteArrayList<>());
    }

    EventBus(List<EventHandler<?>> handlers) {
        this.handlers = handlers;
    }

    @Override
    public void publish(DomainEvent event) {
        for (EventHandler<?> handler : handlers) {
            tell(handler, event);
        }
    }

    private static <E extends DomainEvent> void tell(EventHandler<E> handler, DomainEvent event) {
        try {
            if (handler.type().isInstance(event)) {
                handler.handle(handler.type().cast(event));
            }
        } catch (RuntimeException | LinkageError e) {
            // a LinkageError is what a handler meets whose bundle is just being replaced
            LOG.warn("{} failed on {}", handler.getClass().getName(), event, e);
        }
    }
}
