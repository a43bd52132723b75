// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.member.Device;
import ca.notreville.core.api.member.IdentityService;
import ca.notreville.core.api.member.IdentityService.How;
import ca.notreville.core.api.member.IdentityService.Identity;
import ca.notreville.core.api.member.IdentityService.SignedOn;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.Profile;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.api.member.SessionService;
import ca.notreville.core.api.verification.Residence;
import ca.notreville.core.api.verification.Residence.Level;
import ca.notreville.core.api.verification.Residence.Way;
import ca.notreville.core.api.verification.VerificationService;
import ca.notreville.signon.internal.Attempts;
import ca.notreville.signon.internal.Attempts.SetOut;
import ca.notreville.signon.internal.Provider;
import ca.notreville.signon.internal.Provider.Person;
import ca.notreville.signon.internal.ProviderException;
import ca.notreville.signon.internal.ProviderExceptions;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import ca.notreville.web.api.Away;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Ui;
import ca.notreville.web.api.Visit;
import gg.jte.output.StringOutput;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.ArgumentCaptor;

/** To the provider and back, as far as the pages decide: what is kept, whose browser it is, what people are told. */
@OnDatabase
class SignOnPagesTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("signon");

    private static final Identity IDENTITY =
            new Identity("https://id.example.org", "42", "Ma ville", "ana@example.org", true, "Ana", Locale.FRENCH);
    private static final Member MEMBER =
            new Member(7, "Ana", "ana@example.org", Profile.CITIZEN, null, Locale.FRENCH, "", Set.of(), Instant.EPOCH);
    private static final Session SESSION = new Session("token", Instant.MAX, MEMBER);

    private final Provider provider = mock(Provider.class);
    private final IdentityService identities = mock(IdentityService.class);
    private final VerificationService residences = mock(VerificationService.class);
    private final Attempts attempts = new Attempts(database.dataSource(), new TestClock("2026-05-01T12:00:00Z"));
    private final SignOnPages pages = new SignOnPages(provider, attempts, identities, residences);

    /** A browser that keeps the cookie it is given. */
    private final Visit visit = mock(Visit.class);

    private @Nullable String cookie;

    @BeforeEach
    void start() throws ProviderException {
        when(provider.configured()).thenReturn(true);
        when(provider.opensAccounts()).thenReturn(true);
        when(provider.name(any())).thenReturn("Ma ville");
        when(provider.signIn(any(), any()))
                .thenAnswer(call -> URI.create("https://id.example.org/authorize?state="
                        + call.<SetOut>getArgument(0).state()));
        when(provider.redeem(any(), any(), any(), any())).thenReturn(new Person(IDENTITY, false, false));
        when(identities.signOn(any(), any(), anyBoolean(), anyBoolean(), any()))
                .thenReturn(new SignedOn(MEMBER, new SessionService.Begun(SESSION, ""), How.KNOWN));
        when(residences.of(7)).thenReturn(Residence.NONE);
        when(visit.locale()).thenReturn(Locale.FRENCH);
        when(visit.address()).thenReturn("192.0.2.1");
        when(visit.device()).thenReturn(Device.UNKNOWN);
        when(visit.sessionId()).thenReturn("");
        signedIn(false);
        when(visit.text(anyString())).thenAnswer(call -> call.getArgument(0));
        when(visit.text(anyString(), any(Object[].class))).thenAnswer(call -> call.getArgument(0));
        when(visit.cookie("signon")).thenAnswer(call -> cookie);
        org.mockito.Mockito.doAnswer(
                        call -> cookie = call.<String>getArgument(1).isEmpty() ? null : call.getArgument(1))
                .when(visit)
                .setCookie(eq("signon"), anyString(), any());
        when(visit.proceed(any(), any())).thenAnswer(call -> call.getArgument(1));
        Ui ui = mock(Ui.class, call -> {
            if (call.getMethod().getName().equals("carry")) {
                Form form = call.getArgument(0);
                return (gg.jte.Content)
                        output -> output.writeContent("[" + form.value("pending") + "|" + form.value("next") + "]");
            }
            if (call.getMethod().getName().equals("errorText")) {
                return call.getArgument(0).toString();
            }
            return call.getMethod().getReturnType() == Ui.Field.class
                    ? mock(Ui.Field.class, org.mockito.Answers.RETURNS_SELF)
                    : (gg.jte.Content) output -> {};
        });
        when(visit.ui()).thenReturn(ui);
    }

    private void signedIn(boolean yes) {
        when(visit.caller())
                .thenReturn(yes ? Caller.member(7, "Ana", Set.of(), Locale.FRENCH) : Caller.visitor(Locale.FRENCH));
    }

    private static String state(URI address) {
        return address.getQuery().replace("state=", "");
    }

    private String setOut(@Nullable String next) {
        return state(((Away) pages.start(visit, next)).address());
    }

    private static String html(Page page) {
        StringOutput output = new StringOutput();
        page.body().writeTo(output);
        return output.toString();
    }

    private String stateOf(Page page) {
        return html(page).replaceAll("(?s).*authorize\\?state=([\\w-]+).*", "$1");
    }

    private Page back(String state) {
        return (Page) pages.callback(visit, state, "code", null, null);
    }

    @Test
    void whoWasGoingSomewhereIsThereAfterwards() {
        String state = setOut("/ideas/42");

        pages.callback(visit, state, "code", null, null);

        ArgumentCaptor<Form> carried = ArgumentCaptor.forClass(Form.class);
        verify(visit).proceed(carried.capture(), any());
        assertThat(carried.getValue().value("next")).isEqualTo("/ideas/42");
        verify(visit).startSession(SESSION);
        assertThat(cookie).isNull();
    }

    @Test
    void whatWasBegunIsPutBeforeThePersonAgainAndTheFormIsAnsweredWithALink() {
        Page page = (Page) pages.startWith(visit, Form.empty().with("pending", "packed"));

        pages.callback(visit, stateOf(page), "code", null, null);

        ArgumentCaptor<Form> carried = ArgumentCaptor.forClass(Form.class);
        verify(visit).proceed(carried.capture(), any());
        assertThat(carried.getValue().value("pending")).isEqualTo("packed");
    }

    @Test
    void aLinkThatSomebodyElseBeganSignsNobodyIn() {
        String attackers = setOut(null);
        cookie = null;
        String own = setOut(null);

        Page page = back(attackers);

        assertThat(page.status()).isEqualTo(400);
        verify(visit, never()).startSession(any());
        verify(identities, never()).signOn(any(), any(), anyBoolean(), anyBoolean(), any());
        assertThat(pages.callback(visit, own, "code", null, null)).isInstanceOf(Redirect.class);
    }

    @Test
    void comingBackTwiceSignsInOnce() {
        String state = setOut(null);
        String kept = cookie;
        pages.callback(visit, state, "code", null, null);
        cookie = kept;

        assertThat(back(state).status()).isEqualTo(400);
        verify(visit).startSession(any());
    }

    @Test
    void whoChangesTheirMindThereKeepsWhatTheyHadBegun() throws ProviderException {
        Page go = (Page) pages.startWith(visit, Form.empty().with("pending", "packed"));

        Page page = (Page) pages.callback(visit, stateOf(go), null, "access_denied", null);

        assertThat(html(page)).contains("signon.cancelled.title", "[packed|]", "/members/sign-in/start");
        verify(provider, never()).redeem(any(), any(), any(), any());
    }

    @Test
    void aProviderThatIsDownLeavesThePasswordAndWhatWasBegun() throws ProviderException {
        org.mockito.Mockito.doThrow(ProviderExceptions.down()).when(provider).ready();

        Page page = (Page) pages.startWith(visit, Form.empty().with("pending", "packed"));

        assertThat(page.status()).isEqualTo(503);
        assertThat(html(page)).contains("error.signon.down", "[packed|]", "/members/sign-in/start");
        assertThat(((Page) pages.start(visit, "/ideas")).status()).isEqualTo(503);
        assertThat(cookie).isNull();
    }

    @Test
    void anAnswerThatCannotBeBelievedSignsNobodyIn() throws ProviderException {
        when(provider.redeem(any(), any(), any(), any())).thenThrow(ProviderExceptions.refused());

        Page page = back(setOut("/ideas"));

        assertThat(page.status()).isEqualTo(400);
        assertThat(html(page)).contains("error.signon.refused", "[|/ideas]");
        verify(visit, never()).startSession(any());
    }

    @Test
    void anAccountThatCannotBeLinkedByItsAddressIsToldHow() {
        when(identities.signOn(any(), any(), anyBoolean(), anyBoolean(), any()))
                .thenThrow(new ConflictException("core.identity-unconfirmed"));

        Page page = back(setOut("/ideas"));

        assertThat(page.status()).isEqualTo(409);
        assertThat(html(page)).contains("core.identity-unconfirmed", "[|/ideas]", "/members/sign-in/start");
    }

    @Test
    void aSecondFactorIsAskedForAndWhatWasBegunGoesOnToIt() {
        when(identities.signOn(any(), any(), anyBoolean(), anyBoolean(), any()))
                .thenReturn(new SignedOn(MEMBER, new SessionService.Begun(null, "ticket"), How.KNOWN));

        Page page = back(setOut("/ideas"));

        assertThat(html(page)).contains("/members/sign-in/code", "value=\"ticket\"", "[|/ideas]");
        verify(visit, never()).startSession(any());
    }

    @Test
    void whoIsTrustedToHaveGivenASecondFactorThereIsSaidSo() throws ProviderException {
        when(provider.redeem(any(), any(), any(), any())).thenReturn(new Person(IDENTITY, false, true));

        pages.callback(visit, setOut(null), "code", null, null);

        verify(identities).signOn(any(), eq(IDENTITY), eq(true), eq(true), any());
    }

    @Test
    void theClaimOfResidenceVerifiesWhoIsNotVerifiedAlready() throws ProviderException {
        pages.callback(visit, setOut(null), "code", null, null);
        verify(residences, never()).vouch(eq(7L), anyString(), anyString());

        when(provider.redeem(any(), any(), any(), any())).thenReturn(new Person(IDENTITY, true, false));
        pages.callback(visit, setOut(null), "code", null, null);
        verify(residences).vouch(7, "https://id.example.org", "42");

        when(residences.of(7)).thenReturn(new Residence(Level.VERIFIED, Way.POST, Instant.EPOCH, null, 0));
        pages.callback(visit, setOut(null), "code", null, null);
        verify(residences).vouch(7, "https://id.example.org", "42");
    }

    @Test
    void somebodyWhoseOtherAccountIsVerifiedIsSignedInAllTheSame() throws ProviderException {
        when(provider.redeem(any(), any(), any(), any())).thenReturn(new Person(IDENTITY, true, false));
        when(residences.vouch(7, "https://id.example.org", "42"))
                .thenThrow(new ConflictException("core.verification-used-elsewhere"));

        pages.callback(visit, setOut(null), "code", null, null);

        verify(visit).startSession(SESSION);
    }

    @Test
    void anAccountIsLinkedInTheSessionInWhichItWasBegunAndInNoOther() {
        signedIn(true);
        when(visit.sessionId()).thenReturn("mine");
        String state = stateOf((Page) pages.link(visit));

        assertThat(pages.callback(visit, state, "code", null, null))
                .isEqualTo(Redirect.to("/members/account").saying("signon.linked"));
        verify(identities).link(any(), eq(IDENTITY));
        verify(visit, never()).startSession(any());

        String second = stateOf((Page) pages.link(visit));
        when(visit.sessionId()).thenReturn("of somebody else at the same browser");
        assertThat(back(second).status()).isEqualTo(400);
        verify(identities).link(any(), any());
    }

    @Test
    void anIdentityOfAnotherAccountIsNotLinkedAndLeadsBackToTheAccount() {
        signedIn(true);
        when(visit.sessionId()).thenReturn("mine");
        org.mockito.Mockito.doThrow(new ConflictException("core.identity-elsewhere"))
                .when(identities)
                .link(any(), any());

        Page page = back(stateOf((Page) pages.link(visit)));

        assertThat(page.status()).isEqualTo(409);
        assertThat(html(page)).contains("core.identity-elsewhere", "href=\"/members/account\"");
    }

    @Test
    void withoutAProviderThereIsNothingHere() {
        when(provider.configured()).thenReturn(false);

        assertThatThrownBy(() -> pages.start(visit, null)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> pages.startWith(visit, Form.empty())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> pages.link(visit)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> pages.callback(visit, "s", "c", null, null)).isInstanceOf(NotFoundException.class);
        assertThat(new SignOnButton(provider).render(visit, Form.empty())).isEmpty();
        assertThat(new SignOnPanel(provider, identities).render(visit)).isEmpty();
    }

    @Test
    void theButtonIsALinkWhereALinkCanCarryWhatIsToBeCarried() {
        SignOnButton button = new SignOnButton(provider);

        assertThat(written(button.render(visit, Form.empty().with("next", "/ideas"))
                        .orElseThrow()))
                .contains("href=\"/signon/start?next=");
        assertThat(written(
                        button.render(visit, Form.empty().with("pending", "p")).orElseThrow()))
                .contains("action=\"/signon/start\"", "[p|]");
    }

    private static String written(gg.jte.Content content) {
        StringOutput output = new StringOutput();
        content.writeTo(output);
        return output.toString();
    }

    @Test
    void anIdentityOfAnEarlierProviderCanStillBeTakenAway() {
        when(provider.configured()).thenReturn(false);
        when(provider.issuer()).thenReturn("");
        when(identities.linked(any()))
                .thenReturn(List.of(new IdentityService.Linked(
                        5, "https://old.example.org/x", Instant.EPOCH, Instant.EPOCH.plus(Duration.ofDays(1)))));

        String panel =
                written(new SignOnPanel(provider, identities).render(visit).orElseThrow());

        assertThat(panel).contains("old.example.org", "value=\"5\"").doesNotContain("/signon/link");
        assertThat(pages.unlink(visit, Form.empty().with("identity", "5")))
                .isEqualTo(Redirect.to("/members/account").saying("signon.unlinked"));
        verify(identities).unlink(Objects.requireNonNull(visit.caller()), 5);
    }
}
