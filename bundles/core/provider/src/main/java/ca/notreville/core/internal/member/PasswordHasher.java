// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Argon2id (RFC 9106) with the parameters that OWASP recommends as a minimum: 19 MiB, two passes, one lane. Hashes are kept in
 * PHC form with their parameters, so that these can rise later. No more than two are computed at once on a node, whatever
 * comes: memory stays bounded, the others wait.
 */
@Component(service = PasswordHasher.class)
public final class PasswordHasher {

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final int AT_ONCE = 2;
    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([^$]+)\\$([^$]+)");

    private final int memoryKib;
    private final int passes;
    private final SecureRandom random = new SecureRandom();
    private final Semaphore atOnce = new Semaphore(AT_ONCE, true);

    /**
     * The 19 MiB of each hash are used again: made anew each time they fill the room for young objects, and what is still in use is
     * copied at each collection, which costs as much as the hash itself. They are given back when memory is short.
     */
    private SoftReference<BlockPool> memory = new SoftReference<>(null);

    /** Stands where there is no hash: costs as much to compare with, and no password has it. */
    private final String nobody;

    @Activate
    public PasswordHasher() {
        this(MEMORY_KIB, PASSES);
    }

    /** With other costs, for tests of what stands on it. */
    PasswordHasher(int memoryKib, int passes) {
        this.memoryKib = memoryKib;
        this.passes = passes;
        nobody = phc(bytes(SALT), bytes(HASH));
    }

    public String hash(String password) {
        byte[] salt = bytes(SALT);
        return phc(salt, compute(password, salt, memoryKib, passes, LANES, HASH));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private String phc(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=" + LANES + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    /**
     * Whether the password is right. Takes as long when there is none to compare with.
     *
     * @param phc {@code null} for an unknown account, or one without a password
     */
    public boolean matches(String password, @Nullable String phc) {
        Matcher parts = PHC.matcher(phc == null ? nobody : phc);
        if (!parts.matches()) {
            throw new IllegalStateException("not an Argon2id hash");
        }
        try {
            byte[] expected = Base64.getDecoder().decode(parts.group(5));
            byte[] actual = compute(
                    password,
                    Base64.getDecoder().decode(parts.group(4)),
                    Integer.parseInt(parts.group(1)),
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)),
                    expected.length);
            return MessageDigest.isEqual(expected, actual) && phc != null;
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("not an Argon2id hash", e);
        }
    }

    private byte[] compute(String password, byte[] salt, int kib, int iterations, int lanes, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(salt)
                .withMemoryAsKB(kib)
                .withIterations(iterations)
                .withParallelism(lanes)
                .withBlockPool(memory())
                .build());
        byte[] hash = new byte[length];
        atOnce.acquireUninterruptibly();
        try {
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        } finally {
            atOnce.release();
        }
        return hash;
    }

    private synchronized BlockPool memory() {
        BlockPool pool = memory.get();
        if (pool == null) {
            pool = new FixedBlockPool(AT_ONCE * Argon2BytesGenerator.getBlockCount(LANES, memoryKib));
            memory = new SoftReference<>(pool);
        }
        return pool;
    }
}
