// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import org.osgi.annotation.versioning.ProviderType;

/** Where people find this site, for links in letters, calendars and on paper. */
@ProviderType
public interface Site {

    /**
     * @param path beginning with one slash
     * @return the whole address, e.g. {@code https://notreville.example.org/ideas/42}
     */
    String address(String path);
}
