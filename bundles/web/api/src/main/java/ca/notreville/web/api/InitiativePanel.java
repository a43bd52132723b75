// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import ca.notreville.core.api.initiative.Initiative;
import gg.jte.Content;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** A part of the page of any initiative (discussion, documents, needs …), as a whiteboard service. */
@ConsumerType
public interface InitiativePanel {

    /** In this order; discussion 900. */
    int rank();

    /** A section with a heading of level 2; empty if there is nothing to show. */
    Optional<Content> render(Visit visit, Initiative initiative);
}
