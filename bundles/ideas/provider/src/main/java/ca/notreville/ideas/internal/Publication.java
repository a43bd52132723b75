// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Scope;
import ca.notreville.core.api.moderation.Contributions.Verdict;
import ca.notreville.core.api.moderation.ModerationService;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Whether a new idea is seen at once: the municipality decides. */
@Component(service = Publication.class, configurationPid = PublicationConfig.PID)
@Designate(ocd = PublicationConfig.class)
public final class Publication {

    private static final String SIGN = "moderated-first";

    private final AccessControl access;
    private final boolean before;

    @Activate
    public Publication(@Reference AccessControl access, PublicationConfig config) {
        this.access = access;
        before = config.moderation().equals("before");
    }

    /**
     * @param neighbourhood of the idea
     * @param verdict of those who look at every contribution
     */
    Verdict of(Caller caller, @Nullable String neighbourhood, Verdict verdict) {
        if (!before || access.allows(caller, ModerationService.MODERATE, Scope.in(neighbourhood))) {
            return verdict;
        }
        List<String> signs = new ArrayList<>(verdict.signs());
        signs.add(SIGN);
        return new Verdict(true, signs);
    }
}
