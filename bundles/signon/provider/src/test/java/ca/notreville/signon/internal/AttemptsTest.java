// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.persistence.api.Job;
import ca.notreville.signon.internal.Attempts.Back;
import ca.notreville.signon.internal.Attempts.SetOut;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class AttemptsTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("signon");

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private Attempts attempts;

    @BeforeEach
    void start() {
        database.execute("delete from signon_attempt");
        attempts = new Attempts(database.dataSource(), clock);
    }

    private SetOut setOut() {
        return attempts.setOut(null, "192.0.2.1", null, "/ideas", "packed");
    }

    @Test
    void whoComesBackInTheSameBrowserGoesOnWithWhatTheyHadBegun() {
        SetOut setOut = setOut();

        assertThat(attempts.back(setOut.state(), setOut.secret())).contains(new Back(setOut, null, "/ideas", "packed"));
    }

    @Test
    void aStateThatNobodyHandedOutIsNoGood() {
        SetOut setOut = setOut();

        for (String forged : new String[] {"", "x", "x".repeat(43), setOut.state() + "x", setOut.secret()}) {
            assertThat(attempts.back(forged, setOut.secret())).isEmpty();
        }
        assertThat(attempts.back(null, setOut.secret())).isEmpty();
    }

    @Test
    void aStateIsGoodOnceAlsoForManyAtOnce() {
        SetOut setOut = setOut();
        Attempts otherNode = new Attempts(database.dataSource(), clock);

        List<Boolean> taken = AtOnce.run(6, i -> (i % 2 == 0 ? attempts : otherNode)
                .back(setOut.state(), setOut.secret())
                .isPresent());

        assertThat(taken).containsOnlyOnce(true);
        assertThat(attempts.back(setOut.state(), setOut.secret())).isEmpty();
    }

    @Test
    void anotherBrowsersStateIsNoGoodHereAndStaysGoodThere() {
        SetOut mine = setOut();
        SetOut attackers = setOut();

        assertThat(attempts.back(attackers.state(), mine.secret())).isEmpty();
        assertThat(attempts.back(attackers.state(), null)).isEmpty();
        assertThat(attempts.back(attackers.state(), attackers.secret())).isPresent();
    }

    @Test
    void tenMinutesAreEnough() {
        SetOut setOut = setOut();
        clock.advance(Attempts.LASTS.minusMillis(1));
        SetOut later = setOut();
        clock.advance(Attempts.LASTS.minusSeconds(1));

        assertThat(attempts.back(setOut.state(), setOut.secret())).isEmpty();
        assertThat(attempts.back(later.state(), later.secret())).isPresent();
    }

    @Test
    void severalPagesOfOneBrowserCanBeUnderWayAtOnceWithNoncesOfTheirOwn() {
        SetOut first = setOut();
        SetOut second = attempts.setOut(first.secret(), "192.0.2.1", null, "", "");

        assertThat(second.secret()).isEqualTo(first.secret());
        assertThat(second.nonce()).isNotEqualTo(first.nonce());
        assertThat(second.verifier()).isNotEqualTo(first.verifier()).isNotEqualTo(second.nonce());
        assertThat(attempts.back(first.state(), first.secret())).isPresent();
        assertThat(attempts.back(second.state(), first.secret())).isPresent();
    }

    @Test
    void aCookieThatIsNoneOfOursIsReplaced() {
        assertThat(attempts.setOut("fixed by somebody", "192.0.2.1", null, "", "")
                        .secret())
                .hasSize(43);
    }

    @Test
    void theDatabaseHoldsNothingThatFinishesASignIn() {
        SetOut setOut = setOut();

        assertThat(database.number("select count(*) from signon_attempt where state_hash in ('" + setOut.state()
                        + "', '" + setOut.secret() + "') or browser_hash in ('" + setOut.state() + "', '"
                        + setOut.secret() + "', '" + setOut.nonce() + "')"))
                .isZero();
    }

    @Test
    void whatIsTooLongIsLeftBehindRatherThanRefused() {
        SetOut setOut = attempts.setOut(null, "192.0.2.1", null, "/" + "x".repeat(500), "x".repeat(200_001));

        assertThat(attempts.back(setOut.state(), setOut.secret())).contains(new Back(setOut, null, "", ""));
    }

    @Test
    void oneAddressCannotFillTheTableAndWhoNeverComesBackIsForgotten() {
        for (int i = 0; i < Attempts.PER_ADDRESS; i++) {
            setOut();
        }

        assertThatThrownBy(this::setOut).isInstanceOf(TooManyRequestsException.class);
        attempts.setOut(null, "192.0.2.2", null, "", "");
        clock.advance(Attempts.LASTS);
        setOut();
        new Sweep(attempts).run(Mockito.mock(Job.class));
        assertThat(database.number("select count(*) from signon_attempt")).isEqualTo(1);
    }
}
