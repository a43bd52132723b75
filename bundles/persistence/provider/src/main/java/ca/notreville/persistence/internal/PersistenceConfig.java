// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** PID {@value #PID}. */
@ObjectClassDefinition(name = "Notreville: persistence")
@interface PersistenceConfig {

    String PID = "ca.notreville.persistence";

    @AttributeDefinition(
            name = "Number of this node",
            description = "0 to 63, different on each node of one installation; becomes part of every id made here.")
    int nodeNumber() default 0;
}
