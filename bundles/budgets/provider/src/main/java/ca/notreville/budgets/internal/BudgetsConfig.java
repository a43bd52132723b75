// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Notreville budgets")
public @interface BudgetsConfig {

    @AttributeDefinition(description = "Time zone in which people write dates")
    String timeZone() default "America/Toronto";
}
