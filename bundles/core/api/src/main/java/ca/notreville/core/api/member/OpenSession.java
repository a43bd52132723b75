// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.member;

import java.time.Instant;

/**
 * A session as its owner sees it in a list.
 *
 * @param id see {@link Session#idOf}
 * @param device from where it was opened
 * @param usedAt when it was last used, to the hour
 */
public record OpenSession(String id, Device device, Instant openedAt, Instant usedAt, Instant expiresAt) {}
