// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import gg.jte.Content;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** A part of the page of one's own account, as a whiteboard service; one that throws is left out and logged. */
@ConsumerType
public interface AccountPanel {

    /** In this order; as {@link NavEntry#rank()}. */
    int rank();

    /** A section with a heading of level 2; empty if there is nothing to show to this person. */
    Optional<Content> render(Visit visit);
}
