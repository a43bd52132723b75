// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.profile.MemberProfile.Part;
import ca.notreville.core.api.sample.SampleData;
import ca.notreville.core.api.sample.SampleTown;
import ca.notreville.core.api.search.SearchSource;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.Sql;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the people of the sample town tell of themselves, and what its organisations are like. */
@Component
public final class PeopleSample implements SampleData {

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final Outbox outbox;

    @Activate
    public PeopleSample(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference Outbox outbox) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.outbox = outbox;
    }

    @Override
    public String module() {
        return "core";
    }

    /** Does nothing where anybody has a profile or there are skills already. */
    @Override
    public void fill(SampleTown town) {
        JsonNode people;
        try (InputStream in = PeopleSample.class.getResourceAsStream("/sample/people.json")) {
            people = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Sql.write(dataSource, connection -> {
            if (Db.number(connection, "select count(*) from core_profile") == 0
                    && Db.number(connection, "select count(*) from core_skill") == 0) {
                write(connection, people, town);
            }
            return true;
        });
        outbox.poke();
    }

    private void write(Connection connection, JsonNode people, SampleTown town) throws SQLException {
        Map<String, Long> skills = new HashMap<>();
        for (JsonNode skill : people.path("skills")) {
            long id = ids.next();
            String fr = skill.path("fr").asText();
            String en = skill.path("en").asText();
            Db.update(
                    connection,
                    "insert into core_skill (id, name_fr, name_en, word_fr, word_en) values (?, ?, ?, ?, ?)",
                    id,
                    fr,
                    en,
                    Words.fold(fr),
                    Words.fold(en));
            skills.put(fr, id);
        }
        for (var member : (Iterable<Map.Entry<String, JsonNode>>) people.path("members")::fields) {
            if (town.members().containsKey(member.getKey())) {
                profile(connection, town.member(member.getKey()), member.getValue(), skills);
            }
        }
        Instant now = clock.instant();
        for (var role : (Iterable<Map.Entry<String, JsonNode>>) people.path("roles")::fields) {
            String place = role.getValue().path(1).asText();
            Db.update(
                    connection,
                    "insert into core_member_role (member_id, role, limit_kind, limit_id, granted_at) values (?, ?, ?, ?, ?)",
                    town.member(role.getKey()),
                    role.getValue().path(0).asText(),
                    place.isEmpty() ? "town" : "neighbourhood",
                    place.isEmpty() ? "-" : place,
                    now);
            KindListing.refresh(connection, town.member(role.getKey()));
        }
        for (JsonNode request : people.path("requests")) {
            String place = request.path("neighbourhood").asText();
            long member = town.member(request.path("member").asText());
            String kind = request.path("kind").asText();
            Db.update(
                    connection,
                    "insert into core_kind_request (id, member_id, kind, neighbourhood_id, reason, state, waiting, answer, asked_at)"
                            + " values (?, ?, ?, ?, ?, 'waiting', ?, '', ?)",
                    ids.next(),
                    member,
                    kind,
                    place.isEmpty() ? null : place,
                    request.path("reason").asText(),
                    member + " " + kind + (place.isEmpty() ? "" : " " + place),
                    now);
        }
        organisations(connection, people.path("organisations"), now);
    }

    private void profile(Connection connection, long member, JsonNode told, Map<String, Long> skills)
            throws SQLException {
        List<String> shown = new ArrayList<>(Part.words());
        told.path("hide").forEach(part -> shown.remove(part.asText()));
        long alpha = Db.one(
                        connection,
                        "select display_name from core_member where id = ?",
                        row -> Words.alpha(row.getString(1)),
                        member)
                .orElse(0L);
        List<String> languages = new ArrayList<>();
        told.path("languages").forEach(language -> languages.add(language.asText()));
        Db.update(
                connection,
                "insert into core_profile (member_id, version, listed, reachable, shown, place, alpha, languages, availability,"
                        + " interests) select id, 1, 1, 1, cast(? as varchar(120)), neighbourhood_id, cast(? as bigint),"
                        + " cast(? as varchar(120)), cast(? as varchar(400)), cast(? as varchar(600)) from core_member where id = ?",
                String.join(" ", shown),
                alpha,
                String.join(" ", languages),
                told.path("availability").asText(),
                told.path("interests").asText(),
                member);
        Map<String, Long> labels = new LinkedHashMap<>();
        told.path("skills").forEach(skill -> labels.put(skill.asText(), skills.get(skill.asText())));
        told.path("words").forEach(word -> labels.put(word.asText(), null));
        for (var label : labels.entrySet()) {
            Db.update(
                    connection,
                    "insert into core_member_skill (member_id, word, label, skill_id, listed, alpha, place) select member_id,"
                            + " cast(? as varchar(80)), cast(? as varchar(80)), cast(? as bigint), 1, alpha, place"
                            + " from core_profile where member_id = ?",
                    Words.fold(label.getKey()),
                    label.getKey(),
                    label.getValue(),
                    member);
        }
        outbox.append(connection, SearchSource.TOPIC, new Initiative(ProfileServiceImpl.KIND, member).toString());
    }

    private void organisations(Connection connection, JsonNode known, Instant now) throws SQLException {
        Map<Long, String> names = new HashMap<>();
        Db.list(
                connection,
                "select id, name from core_organisation",
                row -> names.put(row.getLong(1), row.getString(2)));
        for (var organisation : names.entrySet()) {
            JsonNode told = known.path(organisation.getValue());
            Db.update(
                    connection,
                    "update core_organisation set alpha = ?, address = ?, verified_at = ? where id = ?",
                    Words.alpha(organisation.getValue()),
                    told.path(0).asText(),
                    told.path(1).asInt() == 1 ? now : null,
                    organisation.getKey());
            outbox.append(
                    connection,
                    SearchSource.TOPIC,
                    new Initiative(OrganisationServiceImpl.KIND, organisation.getKey()).toString());
        }
        Db.update(connection, "update core_membership set shown = 1");
    }
}
