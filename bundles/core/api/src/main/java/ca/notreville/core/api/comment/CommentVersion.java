// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.comment;

import java.time.Instant;

/**
 * What a comment said before it was changed, taken back or hidden.
 *
 * @param until when it stopped saying so
 */
public record CommentVersion(String body, Instant until) {}
