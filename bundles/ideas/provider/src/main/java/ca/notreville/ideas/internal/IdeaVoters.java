// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.notify.NewsAudience;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.internal.jpa.MergeTable;
import ca.notreville.persistence.api.Sql;
import java.util.List;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whoever voted on an idea hears what becomes of it, also after its votes went to another one. */
@Component
public final class IdeaVoters implements NewsAudience {

    private final DataSource dataSource;

    @Activate
    public IdeaVoters(@Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public String kind() {
        return IdeaService.KIND;
    }

    @Override
    public List<Long> members(long initiative, long after, int most) {
        return Sql.read(dataSource, connection -> MergeTable.voters(connection, initiative, after, most));
    }
}
