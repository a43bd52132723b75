// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import gg.jte.Content;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A sign in the head of every page, as a whiteboard service; one that throws is left out and logged. Rendered for each page of
 * each person who is signed in, so be quick.
 */
@ConsumerType
public interface HeadPart {

    /** In this order; as {@link NavEntry#rank()}. */
    int rank();

    /** A link of 44 by 44 pixels at least; empty if there is nothing to show to this person. */
    Optional<Content> render(Visit visit);
}
