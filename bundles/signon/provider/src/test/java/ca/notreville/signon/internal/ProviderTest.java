// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.notreville.signon.internal.Attempts.SetOut;
import ca.notreville.signon.internal.Provider.Person;
import ca.notreville.signon.internal.ProviderException.Reason;
import ca.notreville.testing.TestClock;
import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

/** The protocol, against a provider that breaks its rules one by one. */
class ProviderTest {

    private static final SetOut SET_OUT = new SetOut("s".repeat(43), "b".repeat(43));

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");

    private Path folder;
    private TestProvider there;
    private SignOnConfig config;

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        there = new TestProvider();
        config = config(there.issuer(), folder);
    }

    @AfterEach
    void stop() {
        there.close();
    }

    static SignOnConfig config(String issuer, Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), TestProvider.SECRET + "\n");
        SignOnConfig config = Mockito.mock(SignOnConfig.class);
        Mockito.when(config.issuer()).thenReturn(issuer);
        Mockito.when(config.clientId()).thenReturn(TestProvider.CLIENT);
        Mockito.when(config.clientSecretFile()).thenReturn(secret.toString());
        Mockito.when(config.nameFr()).thenReturn("Ma ville");
        Mockito.when(config.nameEn()).thenReturn("My town");
        Mockito.when(config.scopes()).thenReturn("openid profile email");
        Mockito.when(config.openAccounts()).thenReturn(true);
        Mockito.when(config.residentClaim()).thenReturn("resident");
        Mockito.when(config.residentValue()).thenReturn("true");
        Mockito.when(config.trustedFactors()).thenReturn("amr:mfa acr:urn:two");
        return config;
    }

    private Provider provider() {
        return new Provider(
                TestProvider.CALLBACK, clock, config, new Wire(Duration.ofSeconds(5), Duration.ofMillis(1)));
    }

    private Person signIn(Provider provider) throws ProviderException {
        return provider.redeem(SET_OUT, there.code(provider.signIn(SET_OUT, Locale.FRENCH)), null, Locale.FRENCH);
    }

    private Reason refused() {
        return catchThrowableOfType(ProviderException.class, () -> signIn(provider()))
                .reason();
    }

    private Reason refusedWith(Consumer<Map<String, Object>> change) {
        there.token = change;
        return refused();
    }

    @Test
    void theBrowserIsSentWithStateNonceAndTheChallengeOfAVerifierThatItNeverSees() throws ProviderException {
        URI address = provider().signIn(SET_OUT, Locale.FRENCH);

        assertThat(address.toString()).startsWith(there.issuer() + "/authorize?");
        assertThat(TestProvider.query(address.getRawQuery()))
                .containsEntry("response_type", "code")
                .containsEntry("client_id", TestProvider.CLIENT)
                .containsEntry("redirect_uri", TestProvider.CALLBACK)
                .containsEntry("scope", "openid profile email")
                .containsEntry("state", SET_OUT.state())
                .containsEntry("nonce", SET_OUT.nonce())
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("ui_locales", "fr")
                .doesNotContainValue(SET_OUT.verifier())
                .doesNotContainKey("client_secret");
    }

    @Test
    void whoComesBackWithACodeIsToldApart() throws ProviderException {
        there.token = claims -> claims.putAll(Map.of(
                "email", "ana@example.org", "email_verified", true, "given_name", "Ana", "family_name", "tremblay"));

        Person person = signIn(provider());

        assertThat(person.identity().issuer()).isEqualTo(there.issuer());
        assertThat(person.identity().subject()).isEqualTo("248289761001");
        assertThat(person.identity().provider()).isEqualTo("Ma ville");
        assertThat(person.identity().email()).isEqualTo("ana@example.org");
        assertThat(person.identity().emailVerified()).isTrue();
        assertThat(person.identity().name()).isEqualTo("Ana T.");
        assertThat(person.resident()).isFalse();
        assertThat(person.factor()).isFalse();
    }

    @Test
    void whatTheTokenLacksIsTakenFromUserInfo() throws ProviderException {
        there.userInfo.putAll(Map.of("email", "bo@example.org", "email_verified", true, "resident", "true"));

        Person person = signIn(provider());

        assertThat(person.identity().email()).isEqualTo("bo@example.org");
        assertThat(person.identity().emailVerified()).isTrue();
        assertThat(person.resident()).isTrue();
    }

    @Test
    void userInfoOfSomebodyElseIsBelievedInNothing() {
        there.userInfo.put("sub", "somebody else");

        assertThat(refused()).isEqualTo(Reason.REFUSED);
    }

    @Test
    void aTokenWithAnotherNonceIsRefused() {
        assertThat(refusedWith(claims -> claims.put("nonce", "another"))).isEqualTo(Reason.REFUSED);
        assertThat(refusedWith(claims -> claims.remove("nonce"))).isEqualTo(Reason.REFUSED);
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        assertThat(refusedWith(claims -> claims.put("aud", "another client"))).isEqualTo(Reason.REFUSED);
        assertThat(refusedWith(claims -> {
                    claims.put("aud", List.of(TestProvider.CLIENT, "another client"));
                    claims.put("azp", "another client");
                }))
                .isEqualTo(Reason.REFUSED);
        assertThat(refusedWith(claims -> claims.put("aud", List.of(TestProvider.CLIENT, "another client"))))
                .isEqualTo(Reason.REFUSED);
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() {
        assertThat(refusedWith(claims -> claims.put("iss", "https://evil.example.org")))
                .isEqualTo(Reason.REFUSED);
    }

    @Test
    void aTokenThatHasExpiredIsRefused() {
        assertThat(refusedWith(claims -> claims.put("exp", TestProvider.ago(120))))
                .isEqualTo(Reason.REFUSED);
    }

    @Test
    void aTokenOfAnotherKeyIsRefusedWhateverTheKeyIsCalled() {
        there.signs = TestProvider.OTHER;

        assertThat(refused()).isEqualTo(Reason.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256"})
    void aTokenThatIsNotSignedByTheProvidersOwnKeyIsRefusedThoughItSaysThatItSignsSo(String algorithm) {
        there.algorithm = JWSAlgorithm.parse(algorithm);

        assertThat(refused()).isEqualTo(Reason.REFUSED);
    }

    @Test
    void anotherStatesCodeIsRefusedByItsVerifier() throws ProviderException {
        Provider provider = provider();
        String code = there.code(provider.signIn(new SetOut("t".repeat(43), "b".repeat(43)), Locale.FRENCH));

        assertThat(catchThrowableOfType(
                                ProviderException.class, () -> provider.redeem(SET_OUT, code, null, Locale.FRENCH))
                        .reason())
                .isEqualTo(Reason.REFUSED);
    }

    @Test
    void anAnswerOfAnotherIssuerIsRefusedBeforeItsCodeIsSentAnywhere() throws ProviderException {
        Provider provider = provider();
        String code = there.code(provider.signIn(SET_OUT, Locale.FRENCH));

        assertThat(catchThrowableOfType(
                                ProviderException.class,
                                () -> provider.redeem(SET_OUT, code, "https://evil.example.org", Locale.FRENCH))
                        .reason())
                .isEqualTo(Reason.REFUSED);
        assertThat(provider.redeem(SET_OUT, code, there.issuer(), Locale.FRENCH))
                .isNotNull();
    }

    @Test
    void withoutACodeNobodyIsAsked() {
        for (@Nullable String code : new String[] {null, "", "c".repeat(5_000)}) {
            assertThat(catchThrowableOfType(ProviderException.class, () -> provider()
                                    .redeem(SET_OUT, code, null, Locale.FRENCH))
                            .reason())
                    .isEqualTo(Reason.REFUSED);
        }
        assertThat(there.asked).isZero();
    }

    @Test
    void aProviderThatIsDownIsToldAsSuchAndIsRightAgainLater() throws Exception {
        Provider provider = provider();
        there.status = 500;
        assertThat(catchThrowableOfType(ProviderException.class, provider::ready)
                        .reason())
                .isEqualTo(Reason.DOWN);
        there.status = 200;
        provider.ready();

        String issuer = there.issuer();
        there.close();
        provider.ready();
        assertThat(catchThrowableOfType(ProviderException.class, () -> signIn(provider))
                        .reason())
                .isEqualTo(Reason.DOWN);
        assertThat(provider.issuer()).isEqualTo(issuer);
    }

    @Test
    void aProviderThatSaysNothingIsWaitedForNoLongerThanIsAllowed() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            config = config("http://127.0.0.1:" + silent.getLocalPort(), folder);
            Provider provider = new Provider(
                    TestProvider.CALLBACK, clock, config, new Wire(Duration.ofMillis(300), Duration.ofMinutes(1)));

            var first = catchThrowableOfType(ProviderException.class, provider::ready);
            var second = catchThrowableOfType(ProviderException.class, provider::ready);

            assertThat(first.reason()).isEqualTo(Reason.DOWN);
            assertThat(second).as("nobody else waits at all").hasMessageContaining("could not be reached a moment ago");
        }
    }

    @Test
    void whatItSaysOfItselfIsReadAgainAfterAnHourAndOtherwiseHolds() throws ProviderException {
        Provider provider = provider();
        provider.ready();
        clock.advance(Duration.ofMinutes(59));
        provider.ready();
        assertThat(there.asked).isEqualTo(1);

        clock.advance(Duration.ofMinutes(2));
        there.status = 500;
        provider.ready();
        assertThat(there.asked).isEqualTo(2);
        provider.ready();
        assertThat(there.asked).as("not at each request").isEqualTo(2);
        clock.advance(Duration.ofMinutes(2));
        there.status = 200;
        provider.ready();
        assertThat(there.asked).isEqualTo(3);
    }

    @Test
    void whoCallsItselfOtherwiseOrLeadsToAnUnprotectedPlaceIsNotTheProvider() {
        for (Map<String, Object> change : List.of(
                Map.<String, Object>of("issuer", "https://evil.example.org"),
                Map.<String, Object>of("token_endpoint", "http://evil.example.org/token"),
                Map.<String, Object>of("jwks_uri", "ftp://127.0.0.1/keys"),
                Map.<String, Object>of("id_token_signing_alg_values_supported", List.of("none", "HS256")),
                Map.<String, Object>of("padding", "x".repeat(Wire.MAX_BODY)))) {
            there.metadata = all -> all.putAll(change);
            assertThat(refused()).as(change.keySet().toString()).isEqualTo(Reason.DOWN);
        }
    }

    @Test
    void residenceAndSecondFactorAreWhatTheConfigurationSaysThatTheyAre() throws ProviderException {
        there.token = claims -> claims.putAll(Map.of("resident", true, "amr", List.of("pwd", "mfa")));
        assertThat(signIn(provider()).resident()).isTrue();
        assertThat(signIn(provider()).factor()).isTrue();

        there.token = claims -> claims.putAll(Map.of("resident", "no", "acr", "urn:two"));
        assertThat(signIn(provider()).resident()).isFalse();
        assertThat(signIn(provider()).factor()).isTrue();

        there.token = claims -> {};
        there.userInfo.put("amr", List.of("mfa"));
        assertThat(signIn(provider()).factor())
                .as("UserInfo does not say how somebody signed in")
                .isFalse();

        Mockito.when(config.residentClaim()).thenReturn("");
        Mockito.when(config.trustedFactors()).thenReturn("");
        there.token = claims -> claims.putAll(Map.of("resident", true, "", "true", "amr", List.of("mfa")));
        assertThat(signIn(provider()).resident()).isFalse();
        assertThat(signIn(provider()).factor()).isFalse();
    }

    @Test
    void addressesOfAProviderThatHasCheckedThemAllCanBeTrusted() throws ProviderException {
        there.token = claims -> claims.put("email", "ana@example.org");
        assertThat(signIn(provider()).identity().emailVerified()).isFalse();

        Mockito.when(config.trustEmail()).thenReturn(true);
        assertThat(signIn(provider()).identity().emailVerified()).isTrue();
    }

    @Test
    void withoutIssuerSecretOrProtectionThereIsNoSingleSignOn() throws IOException {
        assertThat(provider().configured()).isTrue();
        assertThat(provider().name(Locale.ENGLISH)).isEqualTo("My town");

        for (String issuer : new String[] {"", " ", "http://identite.example.org", "no address", "https:"}) {
            config = config(issuer, folder);
            assertThat(provider().configured()).as(issuer).isFalse();
        }
        config = config(there.issuer(), folder);
        Mockito.when(config.clientSecretFile())
                .thenReturn(folder.resolve("none").toString());
        assertThat(provider().configured()).isFalse();
        config = config(there.issuer(), folder);
        Mockito.when(config.clientId()).thenReturn("");
        assertThat(provider().configured()).isFalse();
    }
}
