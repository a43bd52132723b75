// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.rest;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which module serves which path. A module claims {@code /api/v1/<word>}, {@code /admin/<word>} or {@code /<word>}; of several that claim the same
 * path the one with the highest rank serves it. A request for a path whose module has left a moment ago waits a little, since
 * mostly the module is just being replaced.
 */
public final class Routes {

    public static final String API = "/api/v1/";
    private static final String ADMIN = "/admin/";

    /** Threads that may wait at once; the others are told to come back. */
    private static final int MAX_PARKED = 32;

    private final long parkMillis;
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final Semaphore parking = new Semaphore(MAX_PARKED);

    public Routes(long parkMillis) {
        this.parkMillis = parkMillis;
    }

    /** The claim that a path falls under: its first word, after {@code /api/v1} or {@code /admin} where it begins so. */
    public static String claim(String path) {
        int from = path.startsWith(API) ? API.length() : path.startsWith(ADMIN) ? ADMIN.length() : 1;
        int end = path.indexOf('/', from);
        return end < 0 ? path : path.substring(0, end);
    }

    public void add(Collection<String> claims, Gate gate, int rank) {
        for (String claim : claims) {
            routes.computeIfAbsent(claim, c -> new Route()).add(gate, rank);
        }
    }

    public void remove(Collection<String> claims, Gate gate) {
        for (String claim : claims) {
            Route route = routes.get(claim);
            if (route != null) {
                route.remove(gate);
            }
        }
    }

    /** How a search for the module of a path ended. */
    public record Found(@Nullable Gate gate, @Nullable ModuleServer server, boolean busy) {
        static final Found NOTHING = new Found(null, null, false);
        static final Found BUSY = new Found(null, null, true);
    }

    /** Finds the module and enters its gate; who gets a server must leave the gate. */
    public Found enter(String path) {
        Route route = routes.get(claim(path));
        if (route == null) {
            return Found.NOTHING;
        }
        Found found = route.tryEnter();
        return found != null ? found : park(route);
    }

    private Found park(Route route) {
        if (!parking.tryAcquire()) {
            return Found.BUSY;
        }
        try {
            return route.await(parkMillis);
        } finally {
            parking.release();
        }
    }

    /** Whoever claims one path. */
    private static final class Route {
        private record Claimant(Gate gate, int rank) {}

        private final List<Claimant> claimants = new CopyOnWriteArrayList<>();
        private volatile @Nullable Gate best;
        private volatile long leftAt = System.nanoTime();

        synchronized void add(Gate gate, int rank) {
            claimants.add(new Claimant(gate, rank));
            choose();
        }

        synchronized void remove(Gate gate) {
            claimants.removeIf(c -> c.gate == gate);
            leftAt = System.nanoTime();
            choose();
        }

        private void choose() {
            best = claimants.stream()
                    .max(Comparator.comparingInt(Claimant::rank))
                    .map(Claimant::gate)
                    .orElse(null);
            notifyAll();
        }

        @Nullable
        Found tryEnter() {
            Gate gate = best;
            ModuleServer server = gate == null ? null : gate.enter();
            return server == null ? null : new Found(gate, server, false);
        }

        synchronized Found await(long parkMillis) {
            while (true) {
                Found found = tryEnter();
                if (found != null) {
                    return found;
                }
                long left = parkMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - leftAt);
                if (left <= 0) {
                    return Found.NOTHING;
                }
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return Found.NOTHING;
                }
            }
        }
    }
}
