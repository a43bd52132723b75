// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import ca.notreville.core.api.territory.Neighbourhood;
import gg.jte.Content;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** A part of the page of a neighbourhood (its ideas, its projects …), as a whiteboard service. */
@ConsumerType
public interface NeighbourhoodPanel {

    /** In this order; as {@link NavEntry#rank()}. */
    int rank();

    /** A section with a heading of level 2; empty if there is nothing to show. */
    Optional<Content> render(Visit visit, Neighbourhood neighbourhood);
}
