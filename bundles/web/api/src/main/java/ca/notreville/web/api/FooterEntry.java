// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import org.osgi.annotation.versioning.ConsumerType;

/** A link at the foot of every page, as a whiteboard service without references of its own. */
@ConsumerType
public interface FooterEntry {

    /** Of the page it leads to, e.g. {@code /terms}. */
    String path();

    /** Message key. */
    String label();

    /** Entries are shown in this order, before the platform's own. */
    int rank();
}
