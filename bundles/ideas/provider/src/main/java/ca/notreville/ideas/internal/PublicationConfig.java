// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** PID {@value #PID}. */
@ObjectClassDefinition(name = "Notreville: publication of ideas")
public @interface PublicationConfig {

    String PID = "ca.notreville.ideas.publication";

    @AttributeDefinition(
            name = "Moderation",
            description = "Whether ideas are seen at once, or when a moderator has looked at them.",
            options = {@Option("after"), @Option("before")})
    String moderation() default "after";
}
