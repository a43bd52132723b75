// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import gg.jte.Content;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** A part of the home page, as a whiteboard service. One that throws is left out and logged. */
@ConsumerType
public interface HomePanel {

    /** In this order; as {@link NavEntry#rank()}. */
    int rank();

    /** A section with a heading of level 2; empty if there is nothing to show to this person. */
    Optional<Content> render(Visit visit);
}
