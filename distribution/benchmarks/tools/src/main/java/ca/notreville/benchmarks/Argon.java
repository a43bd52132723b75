// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * {@code Argon THREADS WARM-SECONDS SECONDS}: how many passwords a second can be hashed with what the members' passwords are
 * hashed with, and nothing else, and the milliseconds of processor time for one.
 */
public final class Argon {

    /** As the core makes them; what it checks is computed with the parameters that stand in the hash. */
    private static final int MEMORY_KIB = 19 * 1024;

    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH = 32;
    private static final byte[] SALT = "benchmark's salt".getBytes(StandardCharsets.UTF_8);

    /** Used again by the two threads, as the core does. */
    private static final BlockPool MEMORY =
            new FixedBlockPool(2 * Argon2BytesGenerator.getBlockCount(LANES, MEMORY_KIB));

    private final AtomicLong hashed = new AtomicLong();
    private volatile boolean ended;

    private Argon() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        new Argon().run(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
    }

    private void run(int threads, long warm, long seconds) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(pool.submit(() -> {
                while (!ended) {
                    hash(Town.PASSWORD);
                    hashed.incrementAndGet();
                }
            }));
        }
        TimeUnit.SECONDS.sleep(warm);
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long before = hashed.get();
        long processor = system.getProcessCpuTime();
        long start = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        long count = hashed.get() - before;
        long nanos = System.nanoTime() - start;
        processor = system.getProcessCpuTime() - processor;
        ended = true;
        for (Future<?> one : all) {
            one.get();
        }
        pool.shutdown();
        System.out.printf("RESULT %.1f %.2f%n", count * 1e9 / nanos, processor / 1e6 / count);
    }

    private static byte[] hash(String password) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(SALT)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(PASSES)
                .withParallelism(LANES)
                .withBlockPool(MEMORY)
                .build());
        byte[] hash = new byte[HASH];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    /** As the core keeps it. */
    static String phc(String password) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + base64.encodeToString(SALT)
                + "$" + base64.encodeToString(hash(password));
    }
}
