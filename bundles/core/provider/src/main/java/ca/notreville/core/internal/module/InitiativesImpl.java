// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.module;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSource;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
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
        return source(initiative.kind()).flatMap(source -> source.find(caller, initiative.id()));
    }

    @Override
    public Map<Initiative, InitiativeSummary> findAll(Caller caller, Collection<Initiative> initiatives) {
        Map<Initiative, InitiativeSummary> known = new HashMap<>();
        initiatives.stream().collect(Collectors.groupingBy(Initiative::kind)).forEach((kind, some) -> source(kind)
                .ifPresent(source -> source.findAll(
                                caller, some.stream().map(Initiative::id).toList())
                        .forEach((id, summary) -> known.put(new Initiative(kind, id), summary))));
        Map<Initiative, InitiativeSummary> found = new LinkedHashMap<>();
        for (Initiative initiative : initiatives) {
            InitiativeSummary summary = known.get(initiative);
            if (summary != null) {
                found.put(initiative, summary);
            }
        }
        return found;
    }

    private Optional<InitiativeSource> source(String kind) {
        return sources.stream().filter(source -> source.kind().equals(kind)).findFirst();
    }
}
