// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.Life;
import ca.notreville.ideas.api.LifeService;
import ca.notreville.ideas.api.Merge;
import ca.notreville.ideas.internal.view.StaticTemplates;
import ca.notreville.web.api.InitiativeNotice;
import ca.notreville.web.api.InitiativePanel;
import ca.notreville.web.api.Visit;
import gg.jte.Content;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What became of an idea, on its page: the answer, what was united with it, and the line of time. */
@Component
public final class LifePanel implements InitiativePanel {

    /** Parameter of an idea's address: the united idea over which the reader came. */
    static final String FROM = "from";

    /** Parameter of an idea's address, given to read an idea that is united with another one. */
    static final String STAY = "stay";

    private static final Pattern CAME_FROM = Pattern.compile("[?&]" + FROM + "=([0-9]{1,18})(&|$)");
    /** Before all else: whoever comes to read what was proposed wants to know what came of it. */
    private static final int RANK = 5;

    private final LifeService life;

    @Activate
    public LifePanel(@Reference LifeService life) {
        this.life = life;
    }

    @Override
    public int rank() {
        return RANK;
    }

    @Override
    public Optional<Content> render(Visit visit, Initiative initiative) {
        if (!initiative.kind().equals(IdeaService.KIND)) {
            return Optional.empty();
        }
        Life known = life.get(visit.caller(), initiative.id());
        boolean manages = known.possible().stream().anyMatch(state -> state != IdeaState.WITHDRAWN);
        return Optional.of(new StaticTemplates().lifePanel(visit, new LifeLine(visit, known), manages));
    }

    /** What must be known of an idea before one looks for the vote: that it is united with another one, or withdrawn. */
    @Component
    public static final class LifeNotice implements InitiativeNotice {

        private final LifeService life;

        @Activate
        public LifeNotice(@Reference LifeService life) {
            this.life = life;
        }

        @Override
        public int rank() {
            return RANK;
        }

        @Override
        public Optional<Content> render(Visit visit, Initiative initiative) {
            if (!initiative.kind().equals(IdeaService.KIND)) {
                return Optional.empty();
            }
            Matcher from = CAME_FROM.matcher(visit.pathAndQuery());
            long source = from.find() ? Long.parseLong(from.group(1)) : 0;
            Life known = life.get(visit.caller(), initiative.id());
            Merge came = known.merges().stream()
                    .filter(merge -> merge.stands() && merge.source() == source && merge.target() == initiative.id())
                    .findFirst()
                    .orElse(null);
            return came == null && known.into() == null && known.state() != IdeaState.WITHDRAWN
                    ? Optional.empty()
                    : Optional.of(new StaticTemplates().lifeNotice(visit, known, came));
        }
    }
}
