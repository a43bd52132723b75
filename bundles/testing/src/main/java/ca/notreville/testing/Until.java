// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread is about to do, and goes on the moment it is done. */
public final class Until {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Until() {}

    /**
     * @param what is awaited, for the message
     * @throws AssertionError if it does not come true within twenty seconds
     */
    public static void isTrue(String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        } catch (Exception e) {
            throw new AssertionError(what, e);
        }
    }
}
