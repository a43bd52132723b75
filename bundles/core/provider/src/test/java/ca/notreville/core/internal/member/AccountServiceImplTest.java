// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import static ca.notreville.core.internal.member.Town.VISITOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Caller.Due;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.mail.Letter;
import ca.notreville.core.api.member.AccountService.Confirmed;
import ca.notreville.core.api.member.AccountService.Entered;
import ca.notreville.core.api.member.AccountService.Link;
import ca.notreville.core.api.member.AccountService.Opened;
import ca.notreville.core.api.member.Credentials;
import ca.notreville.core.api.member.Device;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.api.member.SignUp;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class AccountServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final String PASSWORD = "une phrase à moi";
    private static final Device PHONE = new Device("Firefox", "192.0.2.1");

    private Town town;
    private Town strict;
    private String email;

    @BeforeEach
    void start() {
        database.execute("delete from core_sign_in_failure");
        town = new Town(database);
        strict = new Town(database, true);
        email = "m" + town.ids.next() + "@example.org";
    }

    private static Caller caller(Town where, Session session) {
        return where.sessions.resolve(session.token()).orElseThrow();
    }

    private Caller inPerson(Member member) {
        return Caller.member(member.id(), member.displayName(), Set.of(), Locale.FRENCH);
    }

    /** How many texts a member agreed to. */
    private static long agreed(long member) {
        return database.number("select count(*) from core_consent where given = 1 and member_id = " + member);
    }

    @Test
    void inTheSampleTownAnAccountWorksAtOnceAndIsRemindedOfItsLetter() {
        Opened opened = town.accounts.signUp(VISITOR, Town.signUp(email), PHONE, "");

        Caller caller = caller(town, Objects.requireNonNull(opened.session()));
        assertThat(caller.roles()).containsExactlyInAnyOrder(Role.VISITOR, Role.MEMBER);
        assertThat(caller.due()).containsExactly(Due.CONFIRMATION);
        assertThat(town.posted).extracting(Letter::to).containsExactly(email);
        assertThat(agreed(opened.member().id())).isEqualTo(2);

        town.accounts.confirm(caller, town.lastLink(), null, PHONE);

        assertThat(caller(town, opened.session()).due()).isEmpty();
    }

    @Test
    void whereAddressesAreConfirmedFirstThereIsNoAccountBeforeTheLetterIsOpened() {
        Opened opened = strict.accounts.signUp(VISITOR, Town.signUp(email), PHONE, "vote");

        assertThat(opened.session()).isNull();
        assertThat(strict.members.find(opened.member().id())).isEmpty();
        assertThat(agreed(opened.member().id())).isZero();
        assertThatThrownBy(() -> strict.sessions.open(new Credentials(email, PASSWORD, "192.0.2.1")))
                .isInstanceOf(UnauthenticatedException.class);

        String link = strict.lastLink();
        assertThat(strict.accounts.link(link))
                .isEqualTo(new Link(Link.Kind.SIGN_UP, opened.member().id(), email, true));
        Confirmed confirmed = strict.accounts.confirm(VISITOR, link, PASSWORD, PHONE);

        assertThat(confirmed.kept()).isEqualTo("vote");
        assertThat(confirmed.session().member().id()).isEqualTo(opened.member().id());
        assertThat(agreed(opened.member().id())).isEqualTo(2);
        assertThat(caller(strict, confirmed.session()).due()).isEmpty();
        assertThat(caller(strict, confirmed.session()).has(Role.MEMBER)).isTrue();
    }

    @Test
    void whoOpensTheLetterOfSomebodyElsesSignUpDoesNotOpenAnAccountWithTheirPassword() {
        strict.accounts.signUp(VISITOR, Town.signUp(email), PHONE, "");

        var refused = catchThrowableOfType(
                InvalidException.class,
                () -> strict.accounts.confirm(VISITOR, strict.lastLink(), "my own password", PHONE));

        assertThat(refused.errors())
                .extracting(FieldError::field, FieldError::code)
                .containsExactly(tuple("password", "core.password-wrong"));
        assertThat(strict.members.findByEmail(email)).isEmpty();
    }

    @Test
    void anAddressThatHasAnAccountIsAnsweredLikeOneThatHasNoneAndItsOwnerIsTold() {
        Member owner = town.members.signUp(VISITOR, Town.signUp(email));

        Opened opened = strict.accounts.signUp(
                VISITOR, new SignUp(email.toUpperCase(), "another password", "Eve", null, null, null), PHONE, "");

        assertThat(opened.session()).isNull();
        assertThat(opened.member().displayName()).isEqualTo("Eve");
        assertThat(opened.member().id()).isNotEqualTo(owner.id());
        assertThat(strict.posted)
                .extracting(Letter::to, letter -> letter.reference().startsWith("core.has-account:"))
                .containsExactly(tuple(email, true));
        assertThat(strict.members.findByEmail(email).orElseThrow().displayName())
                .isEqualTo("Ana Tremblay");
    }

    @Test
    void ofTwoSignUpsForOneAddressTheLetterThatIsOpenedFirstMakesTheAccount() {
        strict.accounts.signUp(VISITOR, Town.signUp(email), PHONE, "");
        String first = strict.lastLink();
        strict.accounts.signUp(VISITOR, Town.signUp(email), PHONE, "");
        String second = strict.lastLink();

        strict.accounts.confirm(VISITOR, second, PASSWORD, PHONE);

        assertThat(catchThrowableOfType(
                                ConflictException.class, () -> strict.accounts.confirm(VISITOR, first, PASSWORD, PHONE))
                        .code())
                .isEqualTo("core.address-has-account");
    }

    @Test
    void aLinkThatIsOpenedByManyAtOnceMakesOneAccount() {
        strict.accounts.signUp(VISITOR, Town.signUp(email), PHONE, "");
        String link = strict.lastLink();

        List<Boolean> made = AtOnce.run(6, i -> {
            try {
                strict.accounts.confirm(VISITOR, link, PASSWORD, new Device("", "192.0.2." + i));
                return true;
            } catch (NotFoundException | ConflictException e) {
                return false;
            }
        });

        assertThat(made).filteredOn(ok -> ok).hasSize(1);
        assertThat(database.number("select count(*) from core_member where email = '" + email + "'"))
                .isEqualTo(1);
    }

    @Test
    void aLinkIsGoodForThreeDaysAndOnce() {
        strict.accounts.signUp(VISITOR, Town.signUp(email), PHONE, "");
        String link = strict.lastLink();
        strict.clock.advance(Duration.ofDays(3));

        assertThatThrownBy(() -> strict.accounts.link(link)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> strict.accounts.link("")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> strict.accounts.link("x".repeat(5_000))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void signUpsFromOneAddressAreLimitedSinceEachCostsAPasswordHash() {
        for (int i = 0; i < 30; i++) {
            strict.accounts.signUp(VISITOR, Town.signUp("n" + i + email), PHONE, "");
        }

        assertThatThrownBy(() -> strict.accounts.signUp(VISITOR, Town.signUp(email), PHONE, ""))
                .isInstanceOf(TooManyRequestsException.class);
        assertThatCode(() -> strict.accounts.signUp(VISITOR, Town.signUp(email), new Device("", "198.51.100.1"), ""))
                .doesNotThrowAnyException();
    }

    @Test
    void anAccountFromBeforeItsConfirmationCountsForNothingWhereThatIsRequired() {
        Opened opened = town.accounts.signUp(VISITOR, Town.signUp(email), PHONE, "");

        Caller caller = caller(strict, Objects.requireNonNull(opened.session()));

        assertThat(caller.roles()).containsExactly(Role.VISITOR);
        assertThat(catchThrowableOfType(ForbiddenException.class, () -> ((ca.notreville.core.api.access.AccessControl)
                                        (who, action, where) -> who.has(Role.MEMBER))
                                .require(caller, "core.comment"))
                        .code())
                .isEqualTo("core.confirm-first");
        strict.accounts.sendConfirmation(caller, "kept");
        assertThat(strict.accounts
                        .confirm(VISITOR, strict.lastLink(), PASSWORD, PHONE)
                        .kept())
                .isEqualTo("kept");
        assertThat(caller(strict, opened.session()).has(Role.MEMBER)).isTrue();
    }

    @Test
    void whoForgotTheirPasswordChoosesANewOneAndEverySessionIsClosed() {
        Member ana = town.members.signUp(VISITOR, Town.signUp(email));
        Session old = town.sessions.openFor(ana);
        town.accounts.forgot(VISITOR, email, PHONE);
        String link = town.lastLink();

        town.accounts.reset(link, "une tout autre phrase", PHONE);

        assertThat(town.sessions.resolve(old.token())).isEmpty();
        assertThatThrownBy(() -> town.sessions.open(new Credentials(email, PASSWORD, "192.0.2.1")))
                .isInstanceOf(UnauthenticatedException.class);
        assertThat(town.sessions
                        .open(new Credentials(email, "une tout autre phrase", "192.0.2.1"))
                        .member()
                        .id())
                .isEqualTo(ana.id());
        assertThatThrownBy(() -> town.accounts.reset(link, "encore une autre", PHONE))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void anAddressWithoutAnAccountGetsNoLetterAndIsNotToldApart() {
        assertThatCode(() -> town.accounts.forgot(VISITOR, "nobody" + email, PHONE))
                .doesNotThrowAnyException();
        assertThat(town.posted).isEmpty();
    }

    @Test
    void aLinkToANewPasswordIsGoodForAnHourAndOnlyTheLatest() {
        town.members.signUp(VISITOR, Town.signUp(email));
        town.accounts.forgot(VISITOR, email, PHONE);
        String first = town.lastLink();
        town.accounts.forgot(VISITOR, email, PHONE);
        String second = town.lastLink();

        assertThatThrownBy(() -> town.accounts.reset(first, "une tout autre phrase", PHONE))
                .isInstanceOf(NotFoundException.class);
        town.clock.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> town.accounts.reset(second, "une tout autre phrase", PHONE))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void changingThePasswordWantsTheOldOneAndClosesTheOtherSessions() {
        Member ana = town.members.signUp(VISITOR, Town.signUp(email));
        Session here = town.sessions.openFor(ana);
        Session elsewhere = town.sessions.openFor(ana);

        assertThat(catchThrowableOfType(
                                InvalidException.class,
                                () -> town.accounts.changePassword(
                                        inPerson(ana), "wrong", "une autre phrase", PHONE, here.id()))
                        .errors())
                .extracting(FieldError::field)
                .containsExactly("current");
        town.accounts.changePassword(inPerson(ana), PASSWORD, "une autre phrase", PHONE, here.id());

        assertThat(town.sessions.resolve(here.token())).isPresent();
        assertThat(town.sessions.resolve(elsewhere.token())).isEmpty();
        assertThat(town.posted).extracting(Letter::to).containsExactly(email);
    }

    @Test
    void noTokenOfAProgramTouchesTheAccount() {
        Member ana = town.members.signUp(VISITOR, Town.signUp(email));
        Caller program = inPerson(ana).only(Set.of("core.comment"));

        assertThatThrownBy(() -> town.accounts.changePassword(program, PASSWORD, "une autre phrase", PHONE, ""))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> town.accounts.changeEmail(program, PASSWORD, "x@example.org", PHONE))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> town.factors.enrol(program)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> town.tokens.list(program)).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void aNewAddressIsTakenOnceItsLinkIsOpenedAndBothAreTold() {
        Member ana = town.members.signUp(VISITOR, Town.signUp(email));
        String other = "new." + email;

        town.accounts.changeEmail(inPerson(ana), PASSWORD, other, PHONE);
        assertThat(town.posted).extracting(Letter::to).containsExactly(other, email);
        assertThat(town.members.find(ana.id()).orElseThrow().email()).isEqualTo(email);
        Letter toNew = town.posted.get(0);
        String path = Objects.requireNonNull(toNew.button()).path();
        town.accounts.confirmEmail(path.substring(path.indexOf('=') + 1));

        assertThat(town.members.find(ana.id()).orElseThrow().email()).isEqualTo(other);
        assertThat(town.posted).extracting(Letter::to).containsExactly(other, email, email);
    }

    @Test
    void movingToAnAddressThatHasAnAccountTellsOnlyItsOwner() {
        Member ana = town.members.signUp(VISITOR, Town.signUp(email));
        town.members.signUp(VISITOR, Town.signUp("bo." + email));

        town.accounts.changeEmail(inPerson(ana), PASSWORD, "bo." + email, PHONE);

        assertThat(town.posted)
                .extracting(Letter::to, letter -> letter.reference().startsWith("core.has-account:"))
                .containsExactly(tuple("bo." + email, true), tuple(email, false));
    }

    private final Caller staff = Caller.member(7, "Agent", Set.of(Role.STAFF), Locale.FRENCH);

    @Test
    void anAccountFromTheCounterSaysSoAndItsOwnerTakesItOverWithTheCode() {
        Member agent = town.somebody();
        Caller clerk = Caller.member(agent.id(), "Agent", Set.of(Role.STAFF), Locale.FRENCH);
        Entered entered = town.accounts.enter(clerk, "Bo Roy", null, null);
        long bo = entered.member().id();
        assertThat(agreed(bo)).as("nobody agrees for somebody else").isZero();
        assertThat(town.accounts.enteredAt(bo)).isEqualTo(town.clock.instant());
        assertThat(town.posted).isEmpty();
        Session acting = town.accounts.actFor(clerk, bo, PHONE);
        assertThat(caller(town, acting).memberId()).isEqualTo(bo);
        assertThat(caller(town, acting).has(Role.MEMBER)).isTrue();

        Caller actor = caller(town, acting);
        assertThat(actor.atCounter()).isTrue();
        assertThatThrownBy(() -> town.factors.enrol(actor)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> town.tokens.make(actor, "Essai", List.of("core.comment"), 1))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> town.sessions.closeOthers(actor, "")).isInstanceOf(ForbiddenException.class);

        Member owner = town.accounts.claim(entered.code(), email, "ma phrase à moi", PHONE);

        assertThat(owner.email()).isEqualTo(email);
        assertThat(agreed(bo)).isEqualTo(2);
        assertThat(caller(town, town.sessions.openFor(owner)).atCounter()).isFalse();
        assertThat(town.sessions.resolve(acting.token())).isEmpty();
        assertThat(town.accounts.enteredAt(bo)).isEqualTo(town.clock.instant());
        assertThat(town.posted).extracting(Letter::to).containsExactly(email);
        assertThatThrownBy(() -> town.accounts.actFor(clerk, bo, PHONE)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> town.accounts.claim(entered.code(), email, "ma phrase à moi", PHONE))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void whoGaveAnAddressAtTheCounterGetsALetterAndIsConfirmedByIt() {
        Entered entered = town.accounts.enter(staff, "Bo Roy", email, null);

        assertThat(town.posted).extracting(Letter::to).containsExactly(email);
        assertThat(town.lastLink()).isEqualTo(entered.code());
        Member owner = town.accounts.claim(entered.code(), null, "ma phrase à moi", PHONE);

        assertThat(caller(town, town.sessions.openFor(owner)).due()).isEmpty();
    }

    @Test
    void actingEndsWhereItBeganAndNobodysOwnSessionEndsSo() {
        Member agent = town.somebody();
        Caller clerk = Caller.member(agent.id(), "Agent", Set.of(Role.STAFF), Locale.FRENCH);
        Session acting = town.accounts.actFor(
                clerk, town.accounts.enter(clerk, "Bo Roy", null, null).member().id(), PHONE);

        Session back = town.accounts.endActing(acting.id(), PHONE);

        assertThat(caller(town, back).memberId()).isEqualTo(agent.id());
        assertThatThrownBy(() -> town.accounts.endActing(back.id(), PHONE)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void onlyStaffEnterAccountsAndOnlyForThoseWithoutAnOwner() {
        Member ana = town.somebody();

        assertThatThrownBy(() -> town.accounts.enter(inPerson(ana), "Bo Roy", null, null))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> town.accounts.entered(inPerson(ana))).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> town.accounts.actFor(staff, ana.id(), PHONE)).isInstanceOf(ForbiddenException.class);
    }
}
