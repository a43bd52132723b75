// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.itests;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** People who use everything but the module that comes and goes, and keep count of what fails. */
final class Neighbours implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int WARM = 40;
    private static final String[] PATHS = {
        "/",
        "/neighbourhoods",
        "/neighbourhoods/les-rapides",
        "/members/sign-in",
        "/members/sign-up",
        "/api/v1/modules",
        "/api/v1/neighbourhoods",
        "/api/v1/organisations",
        "/health/live",
    };

    private final Http http;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final CountDownLatch warm = new CountDownLatch(WARM);
    private volatile boolean stop;

    Neighbours(Http http) throws InterruptedException {
        this.http = http;
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(this::ask, "neighbour-" + i);
            threads.add(thread);
            thread.start();
        }
        warm.await(1, TimeUnit.MINUTES);
    }

    private void ask() {
        for (int i = 0; !stop; i++) {
            String path = PATHS[i % PATHS.length];
            try {
                HttpResponse<String> answer = http.get(path);
                if (answer.statusCode() != 200) {
                    failed.add(path + " " + answer.statusCode());
                }
            } catch (IOException e) {
                failed.add(path + " " + e);
            } catch (InterruptedException e) {
                return;
            }
            asked.incrementAndGet();
            warm.countDown();
        }
    }

    int asked() {
        return asked.get();
    }

    List<String> failed() {
        return List.copyOf(failed);
    }

    @Override
    public void close() throws InterruptedException {
        stop = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
