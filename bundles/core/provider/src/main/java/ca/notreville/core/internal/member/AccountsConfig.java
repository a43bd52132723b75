// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** PID {@value #PID}. */
@ObjectClassDefinition(name = "Notreville: accounts")
public @interface AccountsConfig {

    String PID = "ca.notreville.core.accounts";

    @AttributeDefinition(
            name = "Confirmation of addresses",
            description = "required: an account is there once the link in the letter was opened. later: it is there at"
                    + " once, and pages remind of the letter. default: required, except in the sample town.",
            options = {@Option("default"), @Option("required"), @Option("later")})
    String confirmation() default "default";

    @AttributeDefinition(
            name = "Second factor of staff and administrators",
            description =
                    "required: their roles do not count without it. default: required, except in the sample town.",
            options = {@Option("default"), @Option("required"), @Option("optional")})
    String secondFactor() default "default";

    @AttributeDefinition(
            name = "Sign-ups from one address",
            description =
                    "At most in a quarter of an hour from one network address; the sample town has no such limit.")
    int signUpsPerAddress() default 30;
}
