// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import org.osgi.annotation.versioning.ConsumerType;

/** An entry of the page {@code /admin}, as a whiteboard service without references of its own. */
@ConsumerType
public interface AdminEntry {

    /** Of the page it leads to: {@code /admin/<word>}, a path that a module claims like {@code /<word>}. */
    String path();

    /** Message key. */
    String label();

    /** Message key: one sentence that says what can be done there. */
    String hint();

    /** Entries are shown in this order; as {@link NavEntry#rank()}, those of the core below 100. */
    int rank();

    /** Action that a caller must be allowed somewhere to see the entry. */
    String action();
}
