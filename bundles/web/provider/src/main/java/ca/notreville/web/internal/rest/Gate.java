// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.rest;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests through to what serves a module, and can be closed so that whoever closes it knows when the last request is
 * out. Entering and leaving take no lock.
 */
public final class Gate {

    private static final int CLOSED = 1 << 30;

    private final ModuleServer server;
    private final AtomicInteger inside = new AtomicInteger();

    public Gate(ModuleServer server) {
        this.server = server;
    }

    /** @return what serves the module, or {@code null} if the gate is closed; who got in must {@link #leave} */
    @Nullable
    ModuleServer enter() {
        while (true) {
            int now = inside.get();
            if ((now & CLOSED) != 0) {
                return null;
            }
            if (inside.compareAndSet(now, now + 1)) {
                return server;
            }
        }
    }

    public void leave() {
        if (inside.decrementAndGet() == CLOSED) {
            synchronized (inside) {
                inside.notifyAll();
            }
        }
    }

    /** Lets nobody in any more and waits for those inside, but no longer than this. */
    public void close(long millis) {
        inside.getAndUpdate(now -> now | CLOSED);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (inside) {
            while (inside.get() != CLOSED) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return;
                }
                try {
                    inside.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    public ModuleServer server() {
        return server;
    }
}
