// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The three cookies of the platform: the session, the language, and a notice for the next page; and those by which a module tells
 * a browser from others for minutes. None is for tracking.
 */
public final class Cookies {

    private static final String LANGUAGE = "nv_lang";
    private static final String NOTICE = "nv_notice";
    private static final int YEAR = 365 * 24 * 3600;
    private static final int MINUTE = 60;

    private final boolean secure;
    private final String session;

    /** @param secure whether people reach the site by https */
    public Cookies(boolean secure) {
        this.secure = secure;
        this.session = secure ? "__Host-nv_session" : "nv_session";
    }

    public @Nullable String session(HttpServletRequest request) {
        return value(request, session);
    }

    public void setSession(HttpServletResponse response, String token) {
        set(response, session, token, -1);
    }

    public void clearSession(HttpServletResponse response) {
        set(response, session, "", 0);
    }

    public @Nullable String language(HttpServletRequest request) {
        return value(request, LANGUAGE);
    }

    public void setLanguage(HttpServletResponse response, String language) {
        set(response, LANGUAGE, language, YEAR);
    }

    public @Nullable String notice(HttpServletRequest request) {
        return value(request, NOTICE);
    }

    public void setNotice(HttpServletResponse response, String messageKey) {
        set(response, NOTICE, messageKey, MINUTE);
    }

    public void clearNotice(HttpServletResponse response) {
        set(response, NOTICE, "", 0);
    }

    public @Nullable String module(HttpServletRequest request, String name) {
        return value(request, ofModule(name));
    }

    public void setModule(HttpServletResponse response, String name, String value, int maxAge) {
        set(response, ofModule(name), value, maxAge);
    }

    private String ofModule(String name) {
        return (secure ? "__Host-nv_" : "nv_") + name;
    }

    private void set(HttpServletResponse response, String name, String value, int maxAge) {
        response.addHeader(
                "Set-Cookie",
                name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax"
                        + (maxAge >= 0 ? "; Max-Age=" + maxAge : "")
                        + (secure ? "; Secure" : ""));
    }

    private static @Nullable String value(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name)) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }
}
