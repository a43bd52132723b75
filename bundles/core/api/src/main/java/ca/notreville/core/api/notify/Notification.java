// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.notify;

import java.time.Instant;
import java.util.Map;

/**
 * News as one member finds them.
 *
 * @param id of the news
 * @param actor id of the member who did it, 0 for nobody
 * @param message key of the line that says it
 * @param arguments of the message, the actor's name among them
 * @param quote "" for none
 */
public record Notification(
        long id,
        String kind,
        long actor,
        String message,
        Map<String, Object> arguments,
        String quote,
        String path,
        Instant publishedAt,
        boolean read) {

    public Notification {
        arguments = Map.copyOf(arguments);
    }
}
