// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.territory;

/**
 * The municipality that this installation serves.
 *
 * @param name as people say it, e.g. {@code Val-aux-Hérons}
 */
public record Town(String name) {}
