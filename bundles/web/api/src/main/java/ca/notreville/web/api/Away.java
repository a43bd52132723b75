// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import java.net.URI;
import java.util.Set;

/**
 * "See other" on another site, which the configuration named. Never from what a visitor sent: that would lend this site's good
 * name to anybody.
 *
 * <p>Only as the answer to a link: after a form, browsers refuse it ({@code form-action 'self'}); answer a form with a page
 * that has a link instead.
 *
 * @param address absolute, http or https
 */
public record Away(URI address) implements Answer {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    public Away {
        if (!SCHEMES.contains(String.valueOf(address.getScheme())) || address.getHost() == null) {
            throw new IllegalArgumentException("not the address of a site: " + address);
        }
    }
}
