// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.ideas.api.Category;
import ca.notreville.ideas.api.DraftService;
import ca.notreville.ideas.api.IdeaDraft;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.SavedDraft;
import ca.notreville.ideas.internal.jpa.DraftTable;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class DraftServiceImpl implements DraftService {

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final TerritoryService territory;
    private final Categories categories;

    @Activate
    public DraftServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference TerritoryService territory,
            @Reference Categories categories) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.territory = territory;
        this.categories = categories;
    }

    @Override
    public SavedDraft save(Caller caller, long id, int version, IdeaDraft draft) {
        access.require(caller, IdeaService.SUBMIT);
        long member = caller.requireMember();
        IdeaDraft checked = checked(draft);
        return Sql.write(dataSource, connection -> {
            if (id != 0) {
                boolean changed = DraftTable.update(connection, member, id, version, checked, clock.instant());
                SavedDraft there = DraftTable.find(connection, member, id).orElseThrow(NotFoundException::new);
                if (changed) {
                    return there;
                }
            }
            return insert(connection, member, checked);
        });
    }

    private IdeaDraft checked(IdeaDraft draft) {
        Fields fields = new Fields();
        IdeaDraft checked = new IdeaDraft(
                fields.line("title", draft.title(), 0, IdeaDraft.MAX_TITLE),
                fields.text("need", draft.need(), 0, IdeaDraft.MAX_NEED),
                fields.text("proposal", draft.proposal(), 0, IdeaDraft.MAX_PROPOSAL),
                fields.text("beneficiaries", draft.beneficiaries(), 0, IdeaDraft.MAX_BENEFICIARIES),
                fields.oneOf(
                        "category",
                        draft.category(),
                        categories.all().stream().map(Category::id).toList()),
                fields.oneOf(
                        "neighbourhood",
                        draft.neighbourhood(),
                        territory.neighbourhoods().stream()
                                .map(Neighbourhood::id)
                                .toList()));
        fields.verify();
        return checked;
    }

    private SavedDraft insert(Connection connection, long member, IdeaDraft draft) throws SQLException {
        if (DraftTable.count(connection, member) >= MAX_DRAFTS) {
            throw new ConflictException("ideas.drafts-full");
        }
        SavedDraft saved = new SavedDraft(ids.next(), 1, draft, clock.instant().truncatedTo(ChronoUnit.MICROS));
        DraftTable.insert(connection, member, saved);
        return saved;
    }

    @Override
    public SavedDraft get(Caller caller, long id) {
        long member = caller.requireMember();
        return Sql.read(dataSource, connection -> DraftTable.find(connection, member, id))
                .orElseThrow(NotFoundException::new);
    }

    @Override
    public List<SavedDraft> list(Caller caller) {
        long member = caller.requireMember();
        return Sql.read(dataSource, connection -> DraftTable.all(connection, member));
    }

    @Override
    public int count(Caller caller) {
        return caller.signedIn()
                ? Sql.read(dataSource, connection -> DraftTable.count(connection, caller.memberId()))
                : 0;
    }

    @Override
    public void delete(Caller caller, long id) {
        long member = caller.requireMember();
        Sql.write(dataSource, connection -> {
            DraftTable.delete(connection, member, id);
            return id;
        });
    }
}
