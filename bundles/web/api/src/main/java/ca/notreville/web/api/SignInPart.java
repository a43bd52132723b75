// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import gg.jte.Content;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Another way to sign in, on the pages of sign-in and sign-up, above their own form. Whiteboard; one that throws is left out and
 * logged.
 */
@ConsumerType
public interface SignInPart {

    /** In this order; as {@link NavEntry#rank()}. */
    int rank();

    /**
     * A link or a form of its own, without a heading; empty if there is nothing to show.
     *
     * @param signIn the form of the page, which carries along what the person was about to do, see {@link Ui#carry}
     */
    Optional<Content> render(Visit visit, Form signIn);
}
