// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import ca.notreville.core.api.initiative.Initiative;
import gg.jte.Content;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something short that people should see right before what they are asked to do on the page of an initiative, above the vote for
 * example. Whiteboard; one that throws is left out and logged.
 */
@ConsumerType
public interface InitiativeNotice {

    /** In this order; as {@link NavEntry#rank()}. */
    int rank();

    /** A section with a heading of level 2; empty if there is nothing to say. */
    Optional<Content> render(Visit visit, Initiative initiative);
}
