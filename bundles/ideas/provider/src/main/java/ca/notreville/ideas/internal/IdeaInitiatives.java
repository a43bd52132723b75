// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSource;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.internal.jpa.IdeaEntity;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.aries.jpa.template.JpaTemplate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes ideas known to the modules that attach something to them. */
@Component
public final class IdeaInitiatives implements InitiativeSource {

    private final JpaTemplate jpa;

    @Activate
    public IdeaInitiatives(@Reference(target = "(osgi.unit.name=ideas)") JpaTemplate jpa) {
        this.jpa = jpa;
    }

    @Override
    public String kind() {
        return IdeaService.KIND;
    }

    @Override
    public Optional<InitiativeSummary> find(Caller caller, long id) {
        IdeaEntity idea = jpa.txExpr(em -> em.find(IdeaEntity.class, id));
        return idea == null || !IdeaServiceImpl.seenBy(caller, idea) ? Optional.empty() : Optional.of(summary(idea));
    }

    @Override
    public Map<Long, InitiativeSummary> findAll(Caller caller, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        List<IdeaEntity> ideas =
                jpa.txExpr(em -> em.createQuery("select i from Idea i where i.id in :ids", IdeaEntity.class)
                        .setParameter("ids", ids)
                        .getResultList());
        return ideas.stream()
                .filter(idea -> IdeaServiceImpl.seenBy(caller, idea))
                .collect(Collectors.toMap(IdeaEntity::id, this::summary));
    }

    private InitiativeSummary summary(IdeaEntity idea) {
        return new InitiativeSummary(
                new Initiative(kind(), idea.id()),
                idea.title(),
                "/ideas/" + idea.id(),
                idea.state().discussable(),
                idea.neighbourhood(),
                idea.author() == 0 ? Set.of() : Set.of(idea.author()));
    }
}
