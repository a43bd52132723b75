// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import ca.notreville.testing.AtOnce;
import ca.notreville.testing.Until;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

    private static final List<String> IDEAS = List.of("/ideas");

    private final Gate gate = new Gate(mock(ModuleServer.class));

    @ParameterizedTest
    @CsvSource({
        "/ideas, /ideas",
        "/ideas/42/votes, /ideas",
        "/api/v1/ideas/42, /api/v1/ideas",
        "/api/v1/ideas, /api/v1/ideas",
        "/api/v2/ideas, /api",
        "/, /"
    })
    void aPathBelongsToItsFirstWord(String path, String claim) {
        assertThat(Routes.claim(path)).isEqualTo(claim);
    }

    @Test
    void ofTwoThatClaimAPathTheHigherRankServesItAndTheOtherWhenThatHasGone() {
        Routes routes = new Routes(0);
        Gate better = new Gate(mock(ModuleServer.class));
        routes.add(IDEAS, gate, 0);
        routes.add(IDEAS, better, 10);
        assertThat(routes.enter("/ideas/1").gate()).isSameAs(better);

        routes.remove(IDEAS, better);

        assertThat(routes.enter("/ideas/1").gate()).isSameAs(gate);
    }

    @Test
    void aRequestForAModuleThatIsJustBeingReplacedWaitsForTheNextOne() throws InterruptedException {
        Routes routes = new Routes(20_000);
        routes.add(IDEAS, gate, 0);
        routes.remove(IDEAS, gate);
        AtomicReference<Routes.Found> found = new AtomicReference<>(Routes.Found.NOTHING);
        Thread request = new Thread(() -> found.set(routes.enter("/ideas")));
        request.start();
        Until.isTrue("parked", () -> request.getState() == Thread.State.TIMED_WAITING);

        Gate next = new Gate(mock(ModuleServer.class));
        routes.add(IDEAS, next, 0);

        request.join();
        assertThat(found.get()).extracting(Routes.Found::gate).isSameAs(next);
    }

    @Test
    void aRequestForAModuleThatLeftLongAgoOrNeverWasIsToldSoAtOnce() {
        Routes routes = new Routes(0);
        routes.add(IDEAS, gate, 0);
        routes.remove(IDEAS, gate);

        assertThat(routes.enter("/ideas")).isEqualTo(Routes.Found.NOTHING);
        assertThat(routes.enter("/votes")).isEqualTo(Routes.Found.NOTHING);
    }

    @Test
    void onlySoManyWaitAndTheOthersAreToldToComeBack() throws InterruptedException {
        Routes routes = new Routes(20_000);
        routes.add(IDEAS, gate, 0);
        routes.remove(IDEAS, gate);
        List<Routes.Found> found = new CopyOnWriteArrayList<>();
        List<Thread> requests = Stream.generate(() -> new Thread(() -> found.add(routes.enter("/ideas"))))
                .limit(32)
                .toList();
        requests.forEach(Thread::start);
        Until.isTrue("all 32 wait", () -> requests.stream().allMatch(r -> r.getState() == Thread.State.TIMED_WAITING));

        assertThat(routes.enter("/ideas").busy()).isTrue();

        routes.add(IDEAS, gate, 0);
        for (Thread request : requests) {
            request.join();
        }
        assertThat(found).hasSize(32).allMatch(f -> f.server() != null);
    }

    @Test
    void whenAGateHasClosedNobodyIsInsideAndNobodyGetsIn() {
        for (int round = 0; round < 100; round++) {
            Gate closing = new Gate(mock(ModuleServer.class));
            AtomicInteger inside = new AtomicInteger();
            AtomicBoolean closed = new AtomicBoolean();
            AtomicInteger late = new AtomicInteger();
            AtOnce.run(3, thread -> {
                if (thread == 0) {
                    closing.close(20_000);
                    late.addAndGet(inside.get());
                    closed.set(true);
                } else {
                    for (int i = 0; i < 50; i++) {
                        if (closing.enter() != null) {
                            inside.incrementAndGet();
                            late.addAndGet(closed.get() ? 1 : 0);
                            inside.decrementAndGet();
                            closing.leave();
                        }
                    }
                }
                return true;
            });
            assertThat(late).hasValue(0);
            assertThat(closing.enter()).isNull();
        }
    }

    @Test
    void closingDoesNotWaitForEverForAGuestWhoStays() {
        gate.enter();

        gate.close(10);

        assertThat(gate.enter()).isNull();
    }
}
