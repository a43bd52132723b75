// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.privacy;

import ca.notreville.core.api.privacy.PersonalData;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The modules that know something of members, the core last: it knows who they are. */
@Component(service = PersonalDataModules.class)
public final class PersonalDataModules {

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<PersonalData> modules;

    @Activate
    public PersonalDataModules() {
        this(new CopyOnWriteArrayList<>());
    }

    PersonalDataModules(List<PersonalData> modules) {
        this.modules = modules;
    }

    List<PersonalData> inOrder() {
        return modules.stream()
                .sorted(Comparator.comparing((PersonalData m) -> m.module().equals("core"))
                        .thenComparing(PersonalData::module))
                .toList();
    }
}
