// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.sample;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.document.DocumentDraft;
import ca.notreville.core.api.document.DocumentService;
import ca.notreville.core.api.document.FileDraft;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSource;
import ca.notreville.core.api.sample.SampleData;
import ca.notreville.core.api.sample.SampleTown;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A few documents beside the neighbourhoods of the sample town. */
@Component
public final class DocumentsSample implements SampleData {

    private final DocumentService documents;
    private final TerritoryService territory;

    /** @param places documents lie beside neighbourhoods, so not before those are known as initiatives */
    @Activate
    public DocumentsSample(
            @Reference DocumentService documents,
            @Reference TerritoryService territory,
            @Reference(target = "(component.name=ca.notreville.core.internal.subject.NeighbourhoodInitiatives)")
                    InitiativeSource places) {
        this.documents = documents;
        this.territory = territory;
    }

    @Override
    public String module() {
        return "core-documents";
    }

    @Override
    public void fill(SampleTown town) {
        List<Neighbourhood> places = territory.neighbourhoods();
        Caller leader = caller(town, "lucie-beaumier");
        Caller neighbour = caller(town, "doug-hennessey");
        for (int i = 0; i < Math.min(3, places.size()); i++) {
            Initiative place = new Initiative(Neighbourhood.KIND, places.get(i).number());
            if (!documents.list(leader, place).isEmpty()) {
                return;
            }
            documents.addFile(
                    leader,
                    place,
                    said("Je viens d’arriver : par où commencer", "Bienvenue", "Les bonnes adresses du quartier."),
                    file("accueil.pdf"));
            documents.addFile(
                    leader,
                    place,
                    said("Table de quartier, compte rendu d’avril", "Comptes rendus", ""),
                    file("compte-rendu.pdf"));
            documents.addFile(
                    neighbour,
                    place,
                    said("Who walks and cycles here, counted in May", "Études", "Counted by neighbours, two mornings."),
                    file("passages.csv"));
            documents.addLink(
                    leader,
                    place,
                    new DocumentDraft(
                            "Le plan d’urbanisme expliqué",
                            "Études",
                            "",
                            "https://val-aux-herons.example/plan",
                            false));
        }
    }

    private static Caller caller(SampleTown town, String key) {
        return Caller.member(town.member(key), "", Set.of(Role.LEADER), Locale.FRENCH);
    }

    private static DocumentDraft said(String title, String folder, String caption) {
        return new DocumentDraft(title, folder, caption, null, false);
    }

    private static FileDraft file(String name) {
        return new FileDraft(name, null, () -> content(name));
    }

    private static InputStream content(String name) {
        return Objects.requireNonNull(DocumentsSample.class.getResourceAsStream("/sample/documents/" + name));
    }
}
