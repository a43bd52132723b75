// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.front;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** PID {@value #PID}. */
@ObjectClassDefinition(name = "Notreville: web")
public @interface WebConfig {

    String PID = "ca.notreville.web";

    @AttributeDefinition(
            name = "Public address",
            description = "As people type it, e.g. https://notreville.example.org. With https, cookies are secure.")
    String publicUrl() default "";

    @AttributeDefinition(name = "Language", description = "Of people whose browser asks for none that is installed.")
    String defaultLanguage() default "fr";

    @AttributeDefinition(name = "Time zone", description = "Of the dates that people read.")
    String timeZone() default "America/Toronto";

    @AttributeDefinition(
            name = "Trust the proxy",
            description = "Take the caller's address from X-Forwarded-For; only behind a proxy that sets it.")
    boolean trustProxy() default false;

    @AttributeDefinition(
            name = "Parking time",
            description = "Milliseconds that a request to a module that is just being replaced waits for it.")
    int parkMillis() default 3000;

    @AttributeDefinition(
            name = "Map tiles",
            description =
                    "Address of the pictures under maps, e.g. https://tiles.example.org/{z}/{x}/{y}.png; none unless told.")
    String mapTiles() default "";

    @AttributeDefinition(name = "Credit of the map tiles", description = "Plain text that their licence asks for.")
    String mapAttribution() default "";
}
