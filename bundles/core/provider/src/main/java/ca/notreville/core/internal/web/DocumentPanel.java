// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.document.Document;
import ca.notreville.core.api.document.DocumentService;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.InitiativeNotice;
import ca.notreville.web.api.InitiativePanel;
import ca.notreville.web.api.Visit;
import gg.jte.Content;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The documents on the page of any initiative, neighbourhoods too: the first few, and the way to all. */
@Component
public final class DocumentPanel implements InitiativePanel {

    private static final int SHOWN = 6;
    private static final Templates VIEWS = new StaticTemplates();

    private final DocumentService documents;

    @Activate
    public DocumentPanel(@Reference DocumentService documents) {
        this.documents = documents;
    }

    @Override
    public int rank() {
        return 850;
    }

    @Override
    public Optional<Content> render(Visit visit, Initiative initiative) {
        if (initiative.kind().equals("member")) {
            return Optional.empty();
        }
        List<Document> all = documents.list(visit.caller(), initiative);
        boolean mayAdd = documents.mayAdd(visit.caller(), initiative);
        if (all.isEmpty() && !mayAdd) {
            return Optional.empty();
        }
        return Optional.of(VIEWS.documentPanel(
                visit,
                initiative,
                all.size(),
                VIEWS.documentList(visit, all.subList(0, Math.min(SHOWN, all.size()))),
                mayAdd));
    }

    /** What should be read before a vote, right above it. */
    @Component
    public static final class ReadFirst implements InitiativeNotice {

        private final DocumentService documents;

        @Activate
        public ReadFirst(@Reference DocumentService documents) {
            this.documents = documents;
        }

        @Override
        public int rank() {
            return 100;
        }

        @Override
        public Optional<Content> render(Visit visit, Initiative initiative) {
            List<Document> first = documents.readFirst(visit.caller(), initiative);
            return first.isEmpty() ? Optional.empty() : Optional.of(VIEWS.documentsFirst(visit, first));
        }
    }
}
