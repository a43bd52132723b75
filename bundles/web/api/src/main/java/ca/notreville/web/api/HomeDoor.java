// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import org.osgi.annotation.versioning.ConsumerType;

/** One of the few large doors at the top of the home page: what a person can do here. Whiteboard. */
@ConsumerType
public interface HomeDoor {

    /** Where it leads, e.g. {@code /ideas/new}. */
    String path();

    /** Message key: a verb and its object. */
    String label();

    /** Message key: one short sentence. */
    String hint();

    /** Name of an icon, see {@link Ui#icon}. */
    String icon();

    /** In this order; as {@link NavEntry#rank()}. */
    int rank();
}
