// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.consult;

/** What the portal is told of the municipality's clock; its own configuration describes it. */
public @interface ZoneConfig {

    String PID = "ca.notreville.web";

    String timeZone() default "America/Toronto";
}
