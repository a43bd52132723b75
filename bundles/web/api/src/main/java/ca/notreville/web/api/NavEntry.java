// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import org.osgi.annotation.versioning.ConsumerType;

/** An entry of the main navigation, as a whiteboard service without references of its own. */
@ConsumerType
public interface NavEntry {

    /** Of the page it leads to, e.g. {@code /ideas}; pages below it show it as current. */
    String path();

    /** Message key. */
    String label();

    /** Entries are shown in this order; ideas 100, projects 200, volunteering 300, donations 400, campaigns 500, partners 600. */
    int rank();

    /** Action that a caller must be allowed to see the entry, "" for everybody. */
    default String action() {
        return "";
    }
}
