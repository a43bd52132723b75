// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal;

import ca.notreville.core.api.member.IdentityService.Identity;
import ca.notreville.signon.internal.Attempts.SetOut;
import ca.notreville.signon.internal.ProviderException.Reason;
import ca.notreville.web.api.Site;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configured OpenID provider: authorization code with PKCE, as OpenID Connect Core and RFC 9700 want it. What it says of itself
 * is read when it is first needed and every hour; where that fails, what was known goes on to hold.
 */
@Component(service = Provider.class, configurationPid = SignOnConfig.PID)
@Designate(ocd = SignOnConfig.class)
public final class Provider {

    /** Where it sends people back to. */
    public static final String CALLBACK = "/signon/callback";

    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration REST = Duration.ofSeconds(5);
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final int SKEW_SECONDS = 60;
    private static final int MAX_CODE = 4_000;
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Signatures by a key that the provider alone has; never "none", and none that the client's secret would make. */
    private static final Set<JWSAlgorithm> SIGNATURES = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final SignOnConfig config;
    private final Clock clock;
    private final URI callback;
    private final @Nullable URI issuer;
    private final @Nullable Secret secret;
    private final Wire wire;
    private volatile @Nullable Known known;

    /** What it says of itself. */
    private record Known(OIDCProviderMetadata metadata, IDTokenValidator validator, Instant until) {}

    /**
     * Somebody whom it told apart.
     *
     * @param resident whether the claim of residence holds
     * @param factor whether they gave a second factor there that is trusted here
     */
    public record Person(Identity identity, boolean resident, boolean factor) {}

    @Activate
    public Provider(@Reference Site site, @Reference Clock clock, SignOnConfig config) {
        this(site.address(CALLBACK), clock, config, new Wire(PATIENCE, REST));
    }

    Provider(String callback, Clock clock, SignOnConfig config, Wire wire) {
        this.config = config;
        this.clock = clock;
        this.callback = URI.create(callback);
        this.wire = wire;
        URI named = null;
        Secret read = null;
        if (!config.issuer().isBlank()) {
            try {
                named = address(config.issuer().strip(), true);
                read = secret(config.clientSecretFile().strip());
                if (config.clientId().isBlank()) {
                    throw new IOException("clientId is missing");
                }
            } catch (IOException e) {
                LOG.error("There is no single sign-on: {}", e.getMessage());
                named = null;
            }
        }
        issuer = named;
        secret = read;
    }

    private static @Nullable Secret secret(String file) throws IOException {
        if (file.isEmpty()) {
            return null;
        }
        try {
            List<String> lines = Files.readAllLines(Path.of(file));
            if (lines.isEmpty() || lines.get(0).isBlank()) {
                throw new IOException("is empty");
            }
            return new Secret(lines.get(0).strip());
        } catch (IOException | RuntimeException e) {
            throw new IOException("the client secret cannot be read from " + file + " (" + e + ")", e);
        }
    }

    /** https, or http on this machine where that is allowed: nobody between may read codes or change keys. */
    private static URI address(@Nullable String text, boolean localToo) throws IOException {
        try {
            URI address = URI.create(String.valueOf(text));
            String host = address.getHost();
            boolean local = localToo && "http".equals(address.getScheme()) && host != null && LOCAL.contains(host);
            if (host == null || !(local || "https".equals(address.getScheme()))) {
                throw new IOException(text + " is not an https address");
            }
            return address;
        } catch (IllegalArgumentException e) {
            throw new IOException(text + " is no address", e);
        }
    }

    /** Whether there is single sign-on here. */
    public boolean configured() {
        return issuer != null;
    }

    /** "" without a provider. */
    public String issuer() {
        return issuer == null ? "" : issuer.toString();
    }

    /** What people call it. */
    public String name(Locale language) {
        String english = config.nameEn().strip();
        String french = config.nameFr().strip();
        String name = language.getLanguage().equals("en") && !english.isEmpty() ? english : french;
        return !name.isEmpty() || issuer == null ? name : issuer.getHost();
    }

    public boolean opensAccounts() {
        return config.openAccounts();
    }

    /** Sees to it that it is known where people can go. */
    public void ready() throws ProviderException {
        known();
    }

    /** Where a browser goes to sign in. */
    public URI signIn(SetOut setOut, Locale language) throws ProviderException {
        OIDCProviderMetadata metadata = known().metadata;
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        Scope.parse(config.scopes()),
                        new ClientID(config.clientId().strip()),
                        callback)
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(new State(setOut.state()))
                .nonce(new Nonce(setOut.nonce()))
                .codeChallenge(new CodeVerifier(setOut.verifier()), CodeChallengeMethod.S256)
                .uiLocales(uiLocales(language))
                .build()
                .toURI();
    }

    private static List<com.nimbusds.langtag.LangTag> uiLocales(Locale language) {
        try {
            return List.of(com.nimbusds.langtag.LangTag.parse(language.toLanguageTag()));
        } catch (com.nimbusds.langtag.LangTagException e) {
            return List.of();
        }
    }

    /**
     * Who came back.
     *
     * @param named the issuer that the answer names (RFC 9207), {@code null} if it names none
     */
    public Person redeem(SetOut setOut, @Nullable String code, @Nullable String named, Locale language)
            throws ProviderException {
        if (code == null || code.isEmpty() || code.length() > MAX_CODE) {
            throw ProviderException.refused("no code");
        }
        if (named != null && !named.equals(issuer())) {
            throw ProviderException.refused("the answer is that of " + named);
        }
        Known provider = known();
        OIDCTokenResponse tokens = tokens(provider.metadata, setOut, code);
        IDTokenClaimsSet token = validated(provider, tokens.getOIDCTokens().getIDToken(), setOut);
        String subject = token.getSubject().getValue();
        Claims claims = new Claims(token.toJSONObject(), Map.of());
        AccessToken access = tokens.getOIDCTokens().getAccessToken();
        if (access != null && provider.metadata.getUserInfoEndpointURI() != null) {
            claims = claims.with(userInfo(provider.metadata.getUserInfoEndpointURI(), access, subject));
        }
        return new Person(
                claims.identity(issuer(), subject, name(language), config.trustEmail()),
                claims.has(config.residentClaim().strip(), config.residentValue()),
                claims.signedInWith(List.of(config.trustedFactors().strip().split("\\s+"))));
    }

    private OIDCTokenResponse tokens(OIDCProviderMetadata metadata, SetOut setOut, String code)
            throws ProviderException {
        AuthorizationCodeGrant grant =
                new AuthorizationCodeGrant(new AuthorizationCode(code), callback, new CodeVerifier(setOut.verifier()));
        ClientAuthentication client = client(metadata);
        TokenRequest.Builder request = client == null
                ? new TokenRequest.Builder(
                        metadata.getTokenEndpointURI(),
                        new ClientID(config.clientId().strip()),
                        grant)
                : new TokenRequest.Builder(metadata.getTokenEndpointURI(), client, grant);
        try {
            HTTPResponse answer = request.build().toHTTPRequest().send(wire);
            if (answer.getStatusCode() >= HTTPResponse.SC_SERVER_ERROR) {
                throw down(new IOException("token endpoint answers " + answer.getStatusCode()));
            }
            TokenResponse response = OIDCTokenResponseParser.parse(answer);
            if (!response.indicatesSuccess()) {
                throw ProviderException.refused("token endpoint: "
                        + response.toErrorResponse().getErrorObject().getCode());
            }
            return (OIDCTokenResponse) response.toSuccessResponse();
        } catch (IOException e) {
            throw down(e);
        } catch (ParseException e) {
            throw new ProviderException(Reason.REFUSED, "the answer of the token endpoint cannot be read", e);
        }
    }

    private @Nullable ClientAuthentication client(OIDCProviderMetadata metadata) {
        Secret given = secret;
        if (given == null) {
            return null;
        }
        ClientID id = new ClientID(config.clientId().strip());
        List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
        return methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                ? new ClientSecretBasic(id, given)
                : new ClientSecretPost(id, given);
    }

    private IDTokenClaimsSet validated(Known provider, @Nullable JWT token, SetOut setOut) throws ProviderException {
        if (token == null) {
            throw ProviderException.refused("no ID token");
        }
        try {
            IDTokenClaimsSet claims = provider.validator.validate(token, new Nonce(setOut.nonce()));
            String client = config.clientId().strip();
            AuthorizedParty party = claims.getAuthorizedParty();
            if (party == null
                    ? claims.getAudience().size() != 1
                    : !party.getValue().equals(client)) {
                throw ProviderException.refused("the ID token is for somebody else too");
            }
            return claims;
        } catch (KeySourceException e) {
            throw down(e);
        } catch (BadJOSEException | JOSEException e) {
            throw new ProviderException(Reason.REFUSED, "the ID token is not good: " + e.getMessage(), e);
        }
    }

    /** @throws ProviderException also if it is somebody else's: then neither can be believed */
    private Map<String, Object> userInfo(URI endpoint, AccessToken access, String subject) throws ProviderException {
        try {
            HTTPResponse answer =
                    new UserInfoRequest(endpoint, access).toHTTPRequest().send(wire);
            if (answer.getStatusCode() != HTTPResponse.SC_OK) {
                throw down(new IOException("UserInfo answers " + answer.getStatusCode()));
            }
            UserInfo info = UserInfo.parse(answer.getBody());
            if (!info.getSubject().getValue().equals(subject)) {
                throw ProviderException.refused("UserInfo is of somebody else");
            }
            return info.toJSONObject();
        } catch (IOException e) {
            throw down(e);
        } catch (ParseException e) {
            throw new ProviderException(Reason.REFUSED, "UserInfo cannot be read", e);
        }
    }

    private Known known() throws ProviderException {
        Known now = known;
        if (now != null && now.until.isAfter(clock.instant())) {
            return now;
        }
        try {
            Known fresh = discover();
            known = fresh;
            return fresh;
        } catch (IOException | ParseException e) {
            if (now == null) {
                throw down(e);
            }
            LOG.warn("The identity provider does not say anything new of itself: {}", e.getMessage());
            Known kept = new Known(now.metadata, now.validator, clock.instant().plus(AGAIN));
            known = kept;
            return kept;
        }
    }

    private Known discover() throws IOException, ParseException {
        URI from = issuer;
        if (from == null) {
            throw new IOException("there is no provider");
        }
        URI document = URI.create(from.toString().replaceAll("/$", "") + "/.well-known/openid-configuration");
        OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(wire.get(document));
        if (!metadata.getIssuer().getValue().equals(from.toString())) {
            throw new IOException("it calls itself " + metadata.getIssuer());
        }
        boolean local = "http".equals(from.getScheme());
        for (URI endpoint : new URI[] {
            metadata.getAuthorizationEndpointURI(), metadata.getTokenEndpointURI(), metadata.getJWKSetURI()
        }) {
            address(endpoint == null ? null : endpoint.toString(), local);
        }
        if (metadata.getUserInfoEndpointURI() != null) {
            address(metadata.getUserInfoEndpointURI().toString(), local);
        }
        return new Known(metadata, validator(metadata), clock.instant().plus(FRESH));
    }

    private IDTokenValidator validator(OIDCProviderMetadata metadata) throws IOException {
        JWKSource<SecurityContext> keys = JWKSourceBuilder.create(
                        metadata.getJWKSetURI().toURL(), wire)
                .refreshAheadCache(false)
                .outageTolerant(FRESH.toMillis())
                .build();
        List<JWSAlgorithm> offered = metadata.getIDTokenJWSAlgs();
        Set<JWSAlgorithm> accepted = offered == null
                ? Set.of(JWSAlgorithm.RS256)
                : offered.stream().filter(SIGNATURES::contains).collect(Collectors.toSet());
        if (accepted.isEmpty()) {
            throw new IOException("it signs with none of " + SIGNATURES);
        }
        IDTokenValidator validator = new IDTokenValidator(
                new Issuer(issuer()),
                new ClientID(config.clientId().strip()),
                new JWSVerificationKeySelector<>(accepted, keys),
                null);
        validator.setMaxClockSkew(SKEW_SECONDS);
        return validator;
    }

    private static ProviderException down(Exception cause) {
        return new ProviderException(Reason.DOWN, "it cannot be reached: " + cause.getMessage(), cause);
    }
}
