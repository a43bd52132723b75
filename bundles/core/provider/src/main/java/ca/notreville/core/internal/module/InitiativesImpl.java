// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.module;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSource;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Asks the module that owns the kind. */
@Component(immediate = true)
public final class InitiativesImpl implements Initiatives {

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<InitiativeSource> sources;

    @Activate
    public InitiativesImpl() {
        this(new CopyOnWriteArrayList<>());
    }

    InitiativesImpl(List<InitiativeSource> sources) {
        this.sources = sources;
    }

    @Override
    public Optional<InitiativeSummary> find(Caller caller, Initiative initiative) {
        return sources.stream()
                .filter(source -> source.kind().equals(initiative.kind()))
                .findFirst()
                .flatMap(source -> source.find(caller, initiative.id()));
    }
}
