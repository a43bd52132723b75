// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.profile.KindService;
import ca.notreville.core.api.profile.SkillService;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class SkillServiceImpl implements SkillService {

    static final String SAVE = "core.skill-save";
    static final String REMOVE = "core.skill-remove";

    private final DataSource dataSource;
    private final Ids ids;
    private final AccessControl access;
    private final AuditLog audit;

    @Activate
    public SkillServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference AccessControl access,
            @Reference AuditLog audit) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.access = access;
        this.audit = audit;
    }

    /** A skill and by which words it is found. */
    record Row(Skill skill, String wordFr, String wordEn) {}

    static List<Row> rows(Connection connection) throws SQLException {
        return Db.list(
                connection,
                "select id, name_fr, name_en, word_fr, word_en from core_skill order by word_fr",
                row -> new Row(
                        new Skill(row.getLong(1), row.getString(2), row.getString(3)),
                        row.getString(4),
                        row.getString(5)));
    }

    @Override
    public List<Skill> skills() {
        return Sql.read(
                dataSource,
                connection -> rows(connection).stream().map(Row::skill).toList());
    }

    @Override
    public Skill save(Caller caller, long id, @Nullable String french, @Nullable String english) {
        access.require(caller, KindService.PROFILES);
        Fields fields = new Fields();
        String fr = fields.line("french", french, 1, MAX_NAME);
        String en = fields.line("english", english, 1, MAX_NAME);
        fields.verify();
        return Sql.write(dataSource, connection -> {
            Fields taken = new Fields();
            for (Row other : rows(connection)) {
                if (other.skill().id() != id) {
                    if (other.wordFr().equals(Words.fold(fr))) {
                        taken.add("french", "core.skill-known", Map.of());
                    }
                    if (other.wordEn().equals(Words.fold(en))) {
                        taken.add("english", "core.skill-known", Map.of());
                    }
                }
            }
            taken.verify();
            long saved = id == 0 ? ids.next() : id;
            int changed = Db.update(
                    connection,
                    id == 0
                            ? "insert into core_skill (name_fr, name_en, word_fr, word_en, id) values (?, ?, ?, ?, ?)"
                            : "update core_skill set name_fr = ?, name_en = ?, word_fr = ?, word_en = ? where id = ?",
                    fr,
                    en,
                    Words.fold(fr),
                    Words.fold(en),
                    saved);
            if (changed == 0) {
                throw new NotFoundException();
            }
            audit.append(connection, caller, SAVE, "skill:" + saved, Map.of("fr", fr, "en", en));
            return new Skill(saved, fr, en);
        });
    }

    @Override
    public void remove(Caller caller, long id) {
        access.require(caller, KindService.PROFILES);
        Sql.write(dataSource, connection -> {
            Db.update(connection, "update core_member_skill set skill_id = null where skill_id = ?", id);
            if (Db.update(connection, "delete from core_skill where id = ?", id) == 0) {
                throw new NotFoundException();
            }
            audit.append(connection, caller, REMOVE, "skill:" + id, Map.of());
            return true;
        });
    }
}
