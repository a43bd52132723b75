// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.member.Device;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.api.territory.Neighbourhood;
import gg.jte.Content;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One request: who asks, in which language, and the means to answer. A resource method takes it as
 * {@code @Context Visit visit}, a template as a parameter. Lives as long as the request, on its thread.
 */
@ProviderType
public interface Visit {

    Caller caller();

    /** Language of the answer: from the address, else the person's choice, else the browser's, else the municipality's. */
    Locale locale();

    /** Path of the request, e.g. {@code /ideas/42}. */
    String path();

    /** Path and query of the request, to come back to. */
    String pathAndQuery();

    /** The id that this request has in the logs and in the answer's {@code X-Request-Id}. */
    String requestId();

    /** Network address of the caller, of the proxy's client where a proxy is trusted. */
    String address();

    /** From where the caller comes, for what they later see of their sessions. */
    Device device();

    /** Id of the session through which the caller asks, see {@link Session#idOf}; "" for a visitor. */
    String sessionId();

    /** Whether the page's script asked for a part of a page only (htmx). */
    boolean wantsFragment();

    /** Whether the caller may; for leaving out what would be refused, the service refuses anyway. */
    boolean may(String action);

    /**
     * A message in the language of the answer.
     *
     * @param key in the catalogue; a missing key is shown as itself and logged
     * @param namesAndValues arguments of the message, name and value in turn: {@code text("ideas.count", "n", 3)}
     */
    String text(String key, Object... namesAndValues);

    /** {@code 12 mars 2026}, in the municipality's time zone. */
    String date(Instant moment);

    /** {@code 12 mars 2026, 14 h 05}, in the municipality's time zone. */
    String dateTime(Instant moment);

    /** {@code il y a 3 jours}; a date for what is older than four weeks. */
    String ago(Instant moment);

    /** {@code 13 450} */
    String number(long value);

    /** A text for use as a value in the query of an address. */
    default String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * Where a browser finds an asset.
     *
     * @param name with its module, e.g. {@code web/app.css}
     */
    String asset(String name);

    Ui ui();

    /** What the installed modules show on the page of an initiative beside its own module's part, in order. */
    List<Content> panels(Initiative initiative);

    /** What the installed modules want to be seen before people act on the page of an initiative, in order. */
    List<Content> notices(Initiative initiative);

    /** Signs the browser in with this session, from this answer on. */
    void startSession(Session session);

    /** Closes the browser's session. */
    void endSession();

    /**
     * Where to go after sign-in: back to what the person was about to do, which the sign-in form carried along (see
     * {@link Ui#carry}).
     *
     * @param signIn the sign-in form as posted
     * @param otherwise where to if nothing was carried
     */
    Answer proceed(Form signIn, Redirect otherwise);

    /** What the installed modules show on the page of a neighbourhood, in order. */
    List<Content> panels(Neighbourhood neighbourhood);

    /**
     * What the installed modules show on the pages of sign-in and sign-up, in order.
     *
     * @param signIn the form of the page
     */
    List<Content> signInParts(Form signIn);

    /** What the installed modules show on the page of one's own account, in order. */
    List<Content> accountPanels();

    /**
     * What {@link #setCookie} gave to this browser; {@code null} if it has none of this name, or has forgotten it.
     *
     * @param name as set
     */
    @Nullable
    String cookie(String name);

    /**
     * Gives the browser something to send back to this site, to be told from other browsers for a while. No script can read it,
     * and other sites' forms do not send it; the visitor can read and change it.
     *
     * @param name the module's word, or begins with it and a hyphen
     * @param value letters, digits, hyphens and underscores; {@value #MAX_COOKIE} at most; "" takes it away
     * @param lasts until the browser forgets it
     */
    void setCookie(String name, String value, Duration lasts);

    /** Most characters of {@link #setCookie}'s value. */
    int MAX_COOKIE = 200;
}
