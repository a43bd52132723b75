// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.member;

import java.time.Instant;

/**
 * An open session.
 *
 * @param token opaque, 256 bits, known to the caller alone; the database keeps its hash
 */
public record Session(String token, Instant expiresAt, Member member) {

    /** Never the token. */
    @Override
    public String toString() {
        return "Session[" + member.id() + " until " + expiresAt + "]";
    }
}
