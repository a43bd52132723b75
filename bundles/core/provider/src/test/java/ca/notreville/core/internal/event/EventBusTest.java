// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ca.notreville.core.api.event.DomainEvent;
import ca.notreville.core.api.event.EventHandler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EventBusTest {

    private final List<EventHandler<?>> handlers = new CopyOnWriteArrayList<>();
    private final EventBus bus = new EventBus(handlers);
    private final List<String> told = new ArrayList<>();

    private sealed interface GardenEvent extends DomainEvent permits Planted, Harvested {}

    private record Planted(Instant at) implements GardenEvent {}

    private record Harvested(Instant at) implements GardenEvent {}

    private static final Planted PLANTED = new Planted(Instant.EPOCH);

    @Test
    void aHandlerIsToldOfItsEventsAndTheirKindsOnThePublishersThread() {
        handlers.add(handler(Planted.class, e -> told.add("planted")));
        handlers.add(handler(
                GardenEvent.class,
                e -> told.add(e.getClass().getSimpleName() + " "
                        + Thread.currentThread().getName())));
        handlers.add(handler(DomainEvent.class, e -> told.add("something")));

        bus.publish(new Harvested(Instant.EPOCH));

        assertThat(told).containsExactly("Harvested " + Thread.currentThread().getName(), "something");
    }

    @Test
    void oneThatThrowsDisturbsNeitherTheOthersNorThePublisher() {
        handlers.add(handler(Planted.class, e -> {
            throw new IllegalStateException("broken");
        }));
        handlers.add(handler(Planted.class, e -> told.add("planted")));

        assertThatCode(() -> bus.publish(PLANTED)).doesNotThrowAnyException();

        assertThat(told).containsExactly("planted");
    }

    @Test
    void oneWhoseBundleIsBeingReplacedDisturbsNobodyEither() {
        handlers.add(handler(Planted.class, e -> {
            throw new NoClassDefFoundError("a class of the old bundle");
        }));
        handlers.add(new EventHandler<Planted>() {
            @Override
            public Class<Planted> type() {
                throw new IllegalStateException("gone");
            }

            @Override
            public void handle(Planted event) {}
        });
        handlers.add(handler(Planted.class, e -> told.add("planted")));

        assertThatCode(() -> bus.publish(PLANTED)).doesNotThrowAnyException();

        assertThat(told).containsExactly("planted");
    }

    @Test
    void aHandlerThatWentIsToldNothing() {
        EventHandler<Planted> handler = handler(Planted.class, e -> told.add("planted"));
        handlers.add(handler);
        handlers.remove(handler);

        bus.publish(PLANTED);

        assertThat(told).isEmpty();
    }

    private static <E extends DomainEvent> EventHandler<E> handler(Class<E> type, Consumer<E> work) {
        return new EventHandler<>() {
            @Override
            public Class<E> type() {
                return type;
            }

            @Override
            public void handle(E event) {
                work.accept(event);
            }
        };
    }
}
