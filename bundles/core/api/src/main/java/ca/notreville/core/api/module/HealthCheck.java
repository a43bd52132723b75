// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.module;

import org.osgi.annotation.versioning.ConsumerType;

/** One thing that must be right for this node to take requests. Whiteboard; asked at each readiness probe, so be quick. */
@ConsumerType
public interface HealthCheck {

    /** Stable word, e.g. {@code database}. */
    String name();

    Result check();

    /**
     * @param detail for an operator, never personal
     */
    record Result(boolean healthy, String detail) {

        public static Result ok(String detail) {
            return new Result(true, detail);
        }

        public static Result failed(String detail) {
            return new Result(false, detail);
        }
    }
}
