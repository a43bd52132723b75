// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import ca.notreville.core.api.notify.NewsFilter;
import ca.notreville.core.api.organisation.Actor;
import ca.notreville.persistence.api.Sql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who blocked somebody hears no news of what they do. */
@Component
public final class BlockFilter implements NewsFilter {

    private final DataSource dataSource;

    @Activate
    public BlockFilter(@Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Set<Long> keptFrom(long actor, Collection<Long> readers) {
        if (readers.isEmpty()) {
            return Set.of();
        }
        List<Object> parameters = new ArrayList<>();
        parameters.add(Actor.member(actor).toString());
        parameters.addAll(readers);
        return new HashSet<>(Sql.read(
                dataSource,
                connection -> Db.list(
                        connection,
                        "select member_id from core_block where blocked = ? and member_id in (" + Db.marks(readers)
                                + ")",
                        row -> row.getLong(1),
                        parameters.toArray())));
    }
}
