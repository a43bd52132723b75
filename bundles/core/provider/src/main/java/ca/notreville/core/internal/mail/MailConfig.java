// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.mail;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** PID {@value #PID}. */
@ObjectClassDefinition(name = "Notreville: e-mail")
public @interface MailConfig {

    String PID = "ca.notreville.core.mail";

    @AttributeDefinition(
            name = "Mail server",
            description = "Host name. Empty: letters are written as files to the folder mail of the data folder.")
    String host() default "";

    @AttributeDefinition(name = "Port")
    int port() default 587;

    @AttributeDefinition(
            name = "Security",
            description = "starttls (refused if the server does not offer it), tls from the first byte, or none.",
            options = {@Option("starttls"), @Option("tls"), @Option("none")})
    String security() default "starttls";

    @AttributeDefinition(name = "User", description = "Empty: no sign-in.")
    String user() default "";

    @AttributeDefinition(name = "Password file", description = "Path of a file that holds the password.")
    String passwordFile() default "";

    @AttributeDefinition(name = "Sender", description = "Address that letters come from.")
    String from() default "notreville@localhost";

    @AttributeDefinition(
            name = "Letters a minute",
            description = "At most, on this node.",
            type = AttributeType.INTEGER)
    int perMinute() default 600;
}
