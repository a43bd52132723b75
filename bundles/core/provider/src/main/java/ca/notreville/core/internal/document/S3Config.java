// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** PID {@value #PID}; documents go there as soon as it exists. */
@ObjectClassDefinition(name = "Notreville: documents in an object store")
public @interface S3Config {

    String PID = "ca.notreville.core.documents.s3";

    @AttributeDefinition(name = "Address", description = "Of the store, e.g. https://s3.ca-central-1.amazonaws.com")
    String endpoint();

    @AttributeDefinition(name = "Region", description = "As the signature names it.")
    String region() default "us-east-1";

    @AttributeDefinition(name = "Bucket")
    String bucket();

    @AttributeDefinition(name = "Prefix", description = "Put before every name, e.g. documents/")
    String prefix() default "";

    @AttributeDefinition(name = "Access key")
    String accessKey();

    @AttributeDefinition(name = "Secret key file", description = "Path of a file that holds the secret key.")
    String secretKeyFile();
}
