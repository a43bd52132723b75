// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.notify;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** PID {@value #PID}. */
@ObjectClassDefinition(name = "Notreville: news and calls")
public @interface NotifyConfig {

    String PID = "ca.notreville.core.notify";

    @AttributeDefinition(name = "Time zone", description = "Of the hour of digests and of the times that people type.")
    String timeZone() default "America/Toronto";

    @AttributeDefinition(name = "Hour of digests", description = "Local, 0 to 23.")
    int digestHour() default 7;

    @AttributeDefinition(name = "Day of weekly digests", description = "1 (Monday) to 7.")
    int digestDay() default 1;
}
