// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** PID {@value #PID}. */
@ObjectClassDefinition(name = "Notreville: single sign-on")
public @interface SignOnConfig {

    String PID = "ca.notreville.signon";

    @AttributeDefinition(
            name = "Issuer",
            description = "Address of the OpenID provider, exactly as it names itself; without one there is no single"
                    + " sign-on. https, or http on this machine.")
    String issuer() default "";

    @AttributeDefinition(name = "Client id", description = "As the provider registered this site.")
    String clientId() default "";

    @AttributeDefinition(
            name = "File of the client secret",
            description = "Its first line is the secret; none for a public client, which has PKCE alone.")
    String clientSecretFile() default "";

    @AttributeDefinition(name = "Name in French", description = "As it stands on the button.")
    String nameFr() default "";

    @AttributeDefinition(name = "Name in English", description = "The French one unless told.")
    String nameEn() default "";

    @AttributeDefinition(name = "Scopes", description = "What is asked for, parted by blanks.")
    String scopes() default "openid profile email";

    @AttributeDefinition(
            name = "Open accounts",
            description = "Whether somebody whom no account knows gets one. If not, they open one first and link it.")
    boolean openAccounts() default true;

    @AttributeDefinition(
            name = "Trust its addresses",
            description =
                    "Take every e-mail address that it gives as its owner's, for a provider that has checked them"
                            + " all and does not say so in email_verified. Otherwise anybody could enter other people's accounts.")
    boolean trustEmail() default false;

    @AttributeDefinition(
            name = "Claim of residence",
            description = "The claim that says that somebody lives here; none unless told.")
    String residentClaim() default "";

    @AttributeDefinition(
            name = "Value of the claim of residence",
            description = "What it must be, or have among its values.")
    String residentValue() default "true";

    @AttributeDefinition(
            name = "Trusted second factors",
            description =
                    "Values of the claims amr and acr that stand for a second factor, parted by blanks, e.g. amr:mfa."
                            + " Whoever has one here gives it here too, unless the provider says one of these.")
    String trustedFactors() default "";
}
