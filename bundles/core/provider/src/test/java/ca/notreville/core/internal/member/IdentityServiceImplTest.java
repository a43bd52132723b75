// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import static ca.notreville.core.internal.member.Town.VISITOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.mail.Letter;
import ca.notreville.core.api.member.Device;
import ca.notreville.core.api.member.IdentityService;
import ca.notreville.core.api.member.IdentityService.How;
import ca.notreville.core.api.member.IdentityService.Identity;
import ca.notreville.core.api.member.IdentityService.Linked;
import ca.notreville.core.api.member.IdentityService.SignedOn;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.SecondFactorService.Enrolment;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.api.privacy.Consent;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class IdentityServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final String ISSUER = "https://identite.example.org";
    private static final Device PHONE = new Device("Firefox", "192.0.2.9");

    private Town town;
    private String subject;
    private String email;

    @BeforeEach
    void start() {
        database.execute("delete from core_sign_in_failure");
        town = new Town(database, true);
        subject = "s" + town.ids.next();
        email = "i" + town.ids.next() + "@example.org";
    }

    private Identity identity(@Nullable String address, boolean verified) {
        return new Identity(ISSUER, subject, "Ma ville", address, verified, "Ana T.", Locale.ENGLISH);
    }

    private SignedOn signOn(Identity identity) {
        return town.identities.signOn(VISITOR, identity, true, false, PHONE);
    }

    private static String code(Runnable work) {
        return catchThrowableOfType(ConflictException.class, work::run).code();
    }

    private static Caller inPerson(Member member) {
        return Caller.member(member.id(), member.displayName(), Set.of(), Locale.FRENCH);
    }

    private void audited(String act, long member) throws SQLException {
        Mockito.verify(town.audit)
                .append(Mockito.any(), Mockito.any(), Mockito.eq(act), Mockito.eq("member:" + member), Mockito.any());
    }

    @Test
    void somebodyNewGetsAnAccountWithAConfirmedAddressAndNoPasswordAndAgreesToBothTexts() throws SQLException {
        SignedOn signedOn = signOn(identity(email, true));

        assertThat(signedOn.how()).isEqualTo(How.OPENED);
        assertThat(signedOn.member().email()).isEqualTo(email);
        assertThat(signedOn.member().displayName()).isEqualTo("Ana T.");
        assertThat(signedOn.member().language()).isEqualTo(Locale.ENGLISH);
        Caller caller = town.sessions
                .resolve(Objects.requireNonNull(signedOn.begun().session()).token())
                .orElseThrow();
        assertThat(caller.due()).isEmpty();
        assertThat(database.number("select count(*) from core_member where password is null and id = "
                        + signedOn.member().id()))
                .isEqualTo(1);
        assertThat(town.consents.mine(caller))
                .extracting(Consent::kind)
                .containsExactlyInAnyOrder(Consent.Kind.TERMS, Consent.Kind.PRIVACY);
        audited(IdentityServiceImpl.OPENED, signedOn.member().id());
    }

    @Test
    void aKnownIdentityIsItsAccountsWhateverItsAddressIsNow() {
        Member first = signOn(identity(email, true)).member();
        Member somebody = town.somebody();

        SignedOn again = signOn(identity(somebody.email(), true));

        assertThat(again.how()).isEqualTo(How.KNOWN);
        assertThat(again.member().id()).isEqualTo(first.id());
        assertThat(signOn(identity(null, false)).member().id()).isEqualTo(first.id());
    }

    @Test
    void theSameNumberWithAnotherIssuerIsSomebodyElse() {
        Member first = signOn(identity(email, true)).member();
        SignedOn other =
                signOn(new Identity("https://autre.example.org", subject, "Autre", "x" + email, true, null, null));

        assertThat(other.how()).isEqualTo(How.OPENED);
        assertThat(other.member().id()).isNotEqualTo(first.id());
    }

    @Test
    void aVerifiedAddressLinksTheAccountThatHasConfirmedItAndItsOwnerIsTold() throws SQLException {
        Member somebody = town.somebody();

        SignedOn signedOn = signOn(identity(somebody.email().toUpperCase(Locale.ROOT), true));

        assertThat(signedOn.how()).isEqualTo(How.LINKED);
        assertThat(signedOn.member().id()).isEqualTo(somebody.id());
        assertThat(town.posted).extracting(Letter::to).containsExactly(somebody.email());
        assertThat(town.posted.get(0).reference()).startsWith("core.identity-linked:");
        audited(IdentityServiceImpl.LINKED, somebody.id());
    }

    @Test
    void anAddressThatTheIssuerHasNotVerifiedLinksNothingAndTellsNothing() {
        Member somebody = town.somebody();

        assertThat(code(() -> signOn(identity(somebody.email(), false)))).isEqualTo("core.identity-email");
        assertThat(code(() -> signOn(identity(email, false)))).isEqualTo("core.identity-email");
        assertThat(code(() -> signOn(identity(null, true)))).isEqualTo("core.identity-email");
        assertThat(code(() -> signOn(identity("no address", true)))).isEqualTo("core.identity-email");
        assertThat(town.identities.linked(inPerson(somebody))).isEmpty();
    }

    @Test
    void anAccountThatHasNotConfirmedTheAddressIsNeverLinkedByIt() {
        Town relaxed = new Town(database);
        relaxed.accounts.signUp(VISITOR, Town.signUp(email), PHONE, "");
        Member squatter = relaxed.members.findByEmail(email).orElseThrow();

        assertThat(code(() -> signOn(identity(email, true)))).isEqualTo("core.identity-unconfirmed");
        assertThat(town.identities.linked(inPerson(squatter))).isEmpty();
    }

    @Test
    void whereStrangersGetNoAccountOneThatIsThereIsStillLinked() {
        Member somebody = town.somebody();

        assertThat(code(() -> town.identities.signOn(VISITOR, identity(email, true), false, false, PHONE)))
                .isEqualTo("core.identity-unknown");
        assertThat(town.identities
                        .signOn(VISITOR, identity(somebody.email(), true), false, false, PHONE)
                        .how())
                .isEqualTo(How.LINKED);
    }

    @Test
    void ofManyFirstSignInsAtOnceAllGetTheOneAccount() {
        List<Long> members =
                AtOnce.run(6, i -> signOn(identity(email, true)).member().id());

        assertThat(members).containsOnly(members.get(0));
        assertThat(database.number("select count(*) from core_identity where subject = '" + subject + "'"))
                .isEqualTo(1);
        assertThat(database.number("select count(*) from core_member where email = '" + email + "'"))
                .isEqualTo(1);
    }

    @Test
    void ofManyThatLinkOneIdentityToTheirAccountsAtOnceOneDoes() {
        List<Member> people = List.of(town.somebody(), town.somebody(), town.somebody(), town.somebody());

        List<String> results = AtOnce.run(people.size(), i -> {
            try {
                town.identities.link(inPerson(people.get(i)), identity(null, false));
                return "linked";
            } catch (ConflictException e) {
                return e.code();
            }
        });

        assertThat(results).containsOnlyOnce("linked").contains("core.identity-elsewhere");
    }

    @Test
    void whoHasASecondFactorHereGivesItUnlessTheIssuerIsTrustedToHaveAskedForOne() {
        Member member = signOn(identity(email, true)).member();
        Session session = town.sessions.openFor(member, PHONE);
        Enrolment enrolment = town.factors.enrol(inPerson(member));
        String now = Totp.code(enrolment.secret(), Totp.step(town.clock.instant()));
        List<String> recovery = town.factors.confirm(inPerson(member), enrolment.ticket(), now, session.id());

        SignedOn signedOn = signOn(identity(email, true));
        assertThat(signedOn.begun().session()).isNull();
        Session finished = town.sessions.finish(signedOn.begun().ticket(), recovery.get(0), PHONE);
        assertThat(finished.member().id()).isEqualTo(member.id());

        SignedOn trusted = town.identities.signOn(VISITOR, identity(email, true), true, true, PHONE);
        assertThat(trusted.begun().session()).isNotNull();
    }

    @Test
    void somebodySignedInLinksAnIdentityOfWhateverAddressOnceAndSeesIt() {
        Member somebody = town.somebody();

        town.identities.link(inPerson(somebody), identity(null, false));
        town.identities.link(inPerson(somebody), identity(null, false));

        assertThat(town.identities.linked(inPerson(somebody)))
                .extracting(Linked::issuer)
                .containsExactly(ISSUER);
        assertThat(signOn(identity(null, false)).member().id()).isEqualTo(somebody.id());
        assertThat(town.posted).hasSize(1);
        assertThatThrownBy(() ->
                        town.identities.link(inPerson(somebody).only(Set.of("core.comment")), identity(null, false)))
                .isInstanceOf(ForbiddenException.class);
    }

    @Test
    void aLinkEndsUnlessNothingElseWouldOpenTheAccountAndItsOwnerIsTold() throws SQLException {
        Member somebody = town.somebody();
        town.identities.link(inPerson(somebody), identity(null, false));
        long id = town.identities.linked(inPerson(somebody)).get(0).id();

        assertThatThrownBy(() -> town.identities.unlink(inPerson(town.somebody()), id))
                .isInstanceOf(NotFoundException.class);
        town.identities.unlink(inPerson(somebody), id);

        assertThat(town.identities.linked(inPerson(somebody))).isEmpty();
        assertThat(town.posted)
                .extracting(letter -> letter.reference().replaceAll(":.*", ""))
                .containsExactly("core.identity-linked", "core.identity-unlinked");
        audited(IdentityServiceImpl.UNLINKED, somebody.id());

        Member opened = signOn(identity(email, true)).member();
        long only = town.identities.linked(inPerson(opened)).get(0).id();
        assertThat(code(() -> town.identities.unlink(inPerson(opened), only))).isEqualTo("core.identity-last");
    }

    @Test
    void aNewPasswordByLetterEndsWhateverLinksAnIntruderMayHaveMade() {
        Member somebody = town.somebody();
        town.identities.link(inPerson(somebody), identity(null, false));
        town.accounts.forgot(VISITOR, somebody.email(), PHONE);

        town.accounts.reset(town.lastLink(), "une tout autre phrase", PHONE);

        assertThat(town.identities.linked(inPerson(somebody))).isEmpty();
    }

    @Test
    void anAccountHasNoMoreIdentitiesThanItCanShow() {
        Member somebody = town.somebody();
        for (int i = 0; i < IdentityService.MAX_LINKED; i++) {
            town.identities.link(
                    inPerson(somebody), new Identity(ISSUER, subject + "-" + i, "", null, false, null, null));
        }

        assertThat(code(() -> town.identities.link(inPerson(somebody), identity(null, false))))
                .isEqualTo("core.identity-too-many");
        assertThat(code(() -> signOn(identity(somebody.email(), true)))).isEqualTo("core.identity-too-many");
    }

    @Test
    void namesThatCannotBeOnesAreReplacedOrCut() {
        for (String name : new String[] {"", " ", "\u202e", "x"}) {
            subject = "s" + town.ids.next();
            Identity one = new Identity(ISSUER, subject, "", "n" + town.ids.next() + email, true, name, Locale.FRENCH);
            assertThat(signOn(one).member().displayName()).isEqualTo("Membre");
        }
        subject = "s" + town.ids.next();
        Identity longer = new Identity(ISSUER, subject, "", email, true, "é".repeat(500), new Locale("xx"));
        Member member = signOn(longer).member();
        assertThat(member.displayName()).isEqualTo("é".repeat(60));
        assertThat(member.language()).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void anIdentityThatIsNoneIsRefusedAndSoAreTooManyNewAccountsFromOneAddress() {
        Identity none = new Identity(ISSUER, "", "", email, true, null, null);
        Identity tooLong = new Identity(ISSUER, "s".repeat(256), "", email, true, null, null);
        assertThatThrownBy(() -> signOn(none)).isInstanceOf(InvalidException.class);
        assertThatThrownBy(() -> signOn(tooLong)).isInstanceOf(InvalidException.class);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 40; i++) {
                        subject = "s" + town.ids.next();
                        signOn(identity(i + email, true));
                    }
                })
                .isInstanceOf(TooManyRequestsException.class);
    }
}
