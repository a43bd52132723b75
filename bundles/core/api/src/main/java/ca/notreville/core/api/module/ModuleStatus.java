// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.module;

/**
 * @param id the module's word
 * @param version of its bundle
 * @param state what it does now
 */
public record ModuleStatus(String id, String version, State state) {

    /** What a module does now. */
    public enum State {
        /** Works. */
        ACTIVE,
        /** Started, and waits for something that it needs: a migration, a database, another service. */
        WAITING,
        /** Installed and not started. */
        STOPPED;

        /** As shown over REST: {@code active}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
