// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class SignInLimitTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private SignInLimit limit;

    @BeforeEach
    void start() {
        database.execute("delete from core_sign_in_failure");
        limit = new SignInLimit(database.dataSource(), clock);
    }

    @Test
    void anAccountHasEightTriesFromOneAddressAndNoStrangerUsesUpThoseOfItsOwner() {
        for (int i = 0; i < 8; i++) {
            limit.attempt("ana@example.org", "192.0.2.1");
        }

        assertRefused("ana@example.org", "192.0.2.1");
        assertRefused("ANA@example.org", "192.0.2.1");
        assertTaken("ana@example.org", "198.51.100.7");
        assertTaken("bo@example.org", "192.0.2.1");
    }

    @Test
    void anAccountThatFailsFromManyAddressesIsSlowedDownForEverybodyAndLockedForNobody() {
        for (int i = 0; i < SignInLimit.PER_ACCOUNT; i++) {
            limit.attempt("ana@example.org", "192.0.2." + i);
        }

        TooManyRequestsException refused = assertRefused("ana@example.org", "198.51.100.7");
        assertThat(refused.retryAfter()).isEqualTo(SignInLimit.SLOW);
        clock.advance(SignInLimit.SLOW);
        assertTaken("ana@example.org", "198.51.100.7");
        assertRefused("ana@example.org", "198.51.100.8");
        assertTaken("bo@example.org", "198.51.100.8");
    }

    @Test
    void theFirstTriesOfAnAccountPassAlsoWhenTheyComeAtOnce() {
        for (int round = 0; round < 10; round++) {
            String email = "ana" + round + "@example.org";

            assertThat(AtOnce.run(6, i -> taken(email, "198.51.100." + i))).containsOnly(true);
        }
    }

    @Test
    void ofManyAtOnceASlowedDownAccountLetsOnePass() {
        for (int i = 0; i < SignInLimit.PER_ACCOUNT; i++) {
            limit.attempt("ana@example.org", "192.0.2." + i);
        }
        clock.advance(SignInLimit.SLOW);

        List<Boolean> taken = AtOnce.run(8, i -> taken("ana@example.org", "198.51.100." + i));

        assertThat(taken).filteredOn(t -> t).hasSize(1);
    }

    @Test
    void whatIsCountedByItselfIsLimitedByItselfUntilTheWindowHasPassed() {
        limit.attempt("sign-up", "192.0.2.1", 2);
        limit.attempt("sign-up", "192.0.2.1", 2);

        var refused =
                catchThrowableOfType(TooManyRequestsException.class, () -> limit.attempt("sign-up", "192.0.2.1", 2));

        assertThat(refused.code()).isEqualTo("core.too-many-attempts");
        limit.attempt("forgotten", "192.0.2.1", 2);
        limit.attempt("sign-up", "192.0.2.2", 2);
        clock.advance(SignInLimit.WINDOW);
        limit.attempt("sign-up", "192.0.2.1", 2);
    }

    @Test
    void anAddressHasFortyTriesWhicheverAccountsTheyAreFor() {
        for (int i = 0; i < 40; i++) {
            limit.attempt("m" + i + "@example.org", "192.0.2.7");
        }

        assertRefused("one.more@example.org", "192.0.2.7");
        assertTaken("one.more@example.org", "192.0.2.8");
    }

    @Test
    void afterTheWindowEverybodyStartsAnew() {
        for (int i = 0; i < 8; i++) {
            limit.attempt("ana@example.org", "192.0.2.1");
            clock.advance(Duration.ofMinutes(1));
        }
        var refused = assertRefused("ana@example.org", "192.0.2.1");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(7));
        assertThat(refused.arguments()).containsEntry("minutes", 7L);

        clock.advance(refused.retryAfter().minusMillis(1));
        assertRefused("ana@example.org", "192.0.2.1");
        clock.advance(Duration.ofMillis(1));

        for (int i = 0; i < 8; i++) {
            limit.attempt("ana@example.org", "192.0.2.1");
        }
        assertRefused("ana@example.org", "192.0.2.1");
    }

    @Test
    void whoSignsInGetsTheTriesOfTheAccountBackButNotThoseOfTheAddress() {
        for (int i = 0; i < 7; i++) {
            limit.attempt("ana@example.org", "192.0.2.1");
        }
        limit.attempt("ana@example.org", "192.0.2.1");
        limit.succeeded("ana@example.org", "192.0.2.1");

        for (int i = 0; i < 33; i++) {
            limit.attempt("m" + i + "@example.org", "192.0.2.1");
        }
        assertRefused("one.more@example.org", "192.0.2.1");
        assertTaken("ana@example.org", "192.0.2.2");
    }

    @Test
    void manyTriesAtOnceAreNoMoreThanOneAfterAnother() {
        List<Boolean> taken = AtOnce.run(20, i -> taken("ana@example.org", "192.0.2.1"));

        assertThat(taken).filteredOn(t -> t).hasSizeBetween(1, 8);
        assertThat(database.number("select max(failures) from core_sign_in_failure"))
                .isEqualTo(20);
    }

    @Test
    void manyTriesAtOnceWhenTheWindowHasPassedAreNoMoreThanOneAfterAnother() {
        AtOnce.run(20, i -> taken("ana@example.org", "192.0.2.1"));
        clock.advance(SignInLimit.WINDOW);

        List<Boolean> taken = AtOnce.run(20, i -> taken("ana@example.org", "192.0.2.1"));

        assertThat(taken).filteredOn(t -> t).hasSizeBetween(1, 8);
    }

    @Test
    void neitherAccountsNorAddressesAreReadableInTheDatabase() {
        limit.attempt("ana@example.org", "192.0.2.1");

        assertThat(database.number("select count(*) from core_sign_in_failure where subject like '%ana%'"
                        + " or subject like '%192%' or length(subject) <> 64"))
                .isZero();
    }

    private boolean taken(String email, String address) {
        try {
            limit.attempt(email, address);
            return true;
        } catch (TooManyRequestsException e) {
            return false;
        }
    }

    private void assertTaken(String email, String address) {
        assertThatCode(() -> limit.attempt(email, address)).doesNotThrowAnyException();
    }

    private TooManyRequestsException assertRefused(String email, String address) {
        TooManyRequestsException refused =
                catchThrowableOfType(TooManyRequestsException.class, () -> limit.attempt(email, address));
        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo("core.too-many-sign-ins");
        return refused;
    }
}
