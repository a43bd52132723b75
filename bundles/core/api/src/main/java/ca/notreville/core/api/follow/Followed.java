// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.follow;

import java.time.Instant;

/**
 * Something that a member follows.
 *
 * @param id position in the list
 * @param title "" if it is not there at present
 * @param path of its page; "" if it is not there at present
 */
public record Followed(long id, Target target, String title, String path, Instant since) {}
