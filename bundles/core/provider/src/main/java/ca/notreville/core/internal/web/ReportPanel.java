// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.moderation.ModerationService;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.InitiativePanel;
import ca.notreville.web.api.Visit;
import gg.jte.Content;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The way to report what a page shows, at its end. */
@Component
public final class ReportPanel implements InitiativePanel {

    private static final Templates VIEWS = new StaticTemplates();
    private static final int LAST = 990;

    private final ModerationService moderation;

    @Activate
    public ReportPanel(@Reference ModerationService moderation) {
        this.moderation = moderation;
    }

    @Override
    public int rank() {
        return LAST;
    }

    @Override
    public Optional<Content> render(Visit visit, Initiative initiative) {
        return moderation.reportable(initiative.kind()) && !itself(visit, initiative)
                ? Optional.of(VIEWS.reportLink(visit, initiative))
                : Optional.empty();
    }

    private static boolean itself(Visit visit, Initiative initiative) {
        Caller caller = visit.caller();
        return caller.signedIn() && initiative.equals(new Initiative("member", caller.memberId()));
    }
}
