// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHasherTest {

    private static final PasswordHasher HASHER = new PasswordHasher();

    @Test
    void hashesHaveOwaspsMinimumParametersAndASaltOfTheirOwn() {
        String hash = HASHER.hash("une phrase à moi");

        assertThat(hash).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(HASHER.hash("une phrase à moi")).isNotEqualTo(hash);
    }

    @Test
    void theRightPasswordMatchesAndNoOther() {
        String hash = HASHER.hash("une phrase à moi");

        assertThat(HASHER.matches("une phrase à moi", hash)).isTrue();
        assertThat(HASHER.matches("une phrase a moi", hash)).isFalse();
        assertThat(HASHER.matches("", hash)).isFalse();
    }

    /** {@code argon2 somesalt -id -t 2 -k 19456 -p 1 -l 32} of the reference implementation's form, made with other costs here. */
    @Test
    void hashesMadeWithOtherCostsStayGood() {
        String cheap = new PasswordHasher(64, 1).hash("une phrase à moi");

        assertThat(cheap).contains("m=64,t=1,p=1");
        assertThat(HASHER.matches("une phrase à moi", cheap)).isTrue();
        assertThat(HASHER.matches("autre chose", cheap)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain text",
                "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$c29tZWhhc2g",
                "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ",
                "$argon2id$v=19$m=64,t=1,p=1$not base64!$c29tZWhhc2g",
                "$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$c29tZWhhc2g",
            })
    void aHashThatIsNoneIsAFaultAndNotAWrongPassword(String hash) {
        assertThatThrownBy(() -> HASHER.matches("x", hash)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nobodysPasswordNeverMatchesAndCostsAsMuchAsSomebodys() {
        String known = HASHER.hash("une phrase à moi");
        assertThat(HASHER.matches("nobody has this password", null)).isFalse();

        // in memory that was filled, which no other work on this machine changes; what is used again would not be seen
        PasswordHasher first = new PasswordHasher();
        PasswordHasher second = new PasswordHasher();
        long forSomebody = allocated(() -> first.matches("wrong", known));
        long forNobody = allocated(() -> second.matches("wrong", null));

        assertThat(forSomebody).isGreaterThan(19L * 1024 * 1024);
        assertThat(forNobody).isCloseTo(forSomebody, org.assertj.core.data.Percentage.withPercentage(2));
    }

    @Test
    void theMemoryThatAHashFillsIsUsedAgain() {
        HASHER.hash("une phrase à moi");

        assertThat(allocated(() -> HASHER.hash("une phrase à moi"))).isLessThan(1024 * 1024);
    }

    private static long allocated(Runnable work) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
