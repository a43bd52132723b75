// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.api;

/**
 * @param id position in the outbox; rises with time, though not strictly in the order of commits
 */
public record OutboxRow(long id, String topic, String item) {}
