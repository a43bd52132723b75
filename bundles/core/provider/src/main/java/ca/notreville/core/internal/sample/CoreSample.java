// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.sample;

import ca.notreville.core.api.member.Profile;
import ca.notreville.core.api.sample.SampleTown;
import ca.notreville.core.internal.jpa.BoroughEntity;
import ca.notreville.core.internal.jpa.MemberEntity;
import ca.notreville.core.internal.jpa.NeighbourhoodEntity;
import ca.notreville.core.internal.jpa.OrganisationEntity;
import ca.notreville.core.internal.jpa.TownEntity;
import ca.notreville.core.internal.territory.TerritoryServiceImpl;
import ca.notreville.persistence.api.Ids;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.persistence.EntityManager;
import org.apache.aries.jpa.template.JpaTemplate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The town of Val-aux-Hérons, which does not exist: its boroughs, neighbourhoods, members and organisations. Its members have
 * addresses that lead nowhere and no password, so nobody can sign in as one of them.
 */
@Component(service = CoreSample.class)
public final class CoreSample {

    private static final String DOMAIN = "@val-aux-herons.example";

    private final JpaTemplate jpa;
    private final Ids ids;
    private final Clock clock;
    private final TerritoryServiceImpl territory;

    @Activate
    public CoreSample(
            @Reference(target = "(osgi.unit.name=core)") JpaTemplate jpa,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference TerritoryServiceImpl territory) {
        this.jpa = jpa;
        this.ids = ids;
        this.clock = clock;
        this.territory = territory;
    }

    /** Does nothing where there is a town already. */
    public void fill() throws IOException {
        JsonNode town;
        try (InputStream in = CoreSample.class.getResourceAsStream("/sample/town.json")) {
            town = new ObjectMapper().readTree(in);
        }
        jpa.tx(em -> {
            if (em.find(TownEntity.class, TownEntity.ID) == null) {
                write(em, town);
            }
        });
        territory.changed();
    }

    private void write(EntityManager em, JsonNode town) {
        em.persist(new TownEntity(town.path("name").asText()));
        for (JsonNode borough : town.path("boroughs")) {
            em.persist(new BoroughEntity(
                    borough.path("id").asText(), borough.path("name").asText()));
        }
        em.flush();
        for (JsonNode place : town.path("neighbourhoods")) {
            em.persist(new NeighbourhoodEntity(
                    ids.next(),
                    place.path("id").asText(),
                    place.path("borough").asText(),
                    place.path("name").asText(),
                    place.path("description").path("fr").asText(),
                    place.path("description").path("en").asText(),
                    "[[" + place.path("polygon") + "]]"));
        }
        em.flush();
        Map<String, Long> members = new HashMap<>();
        Instant joined = clock.instant().minus(Duration.ofDays(400));
        for (JsonNode person : town.path("members")) {
            long id = ids.next();
            joined = joined.plus(Duration.ofDays(2));
            MemberEntity member = new MemberEntity(
                    id,
                    person.path("key").asText() + DOMAIN,
                    null,
                    person.path("displayName").asText(),
                    Profile.valueOf(person.path("profile").asText().toUpperCase(Locale.ROOT)),
                    person.path("neighbourhood").asText(),
                    Locale.forLanguageTag(person.path("language").asText()),
                    joined);
            member.describe(person.path("bio").asText());
            member.confirm(joined);
            em.persist(member);
            members.put(person.path("key").asText(), id);
        }
        em.flush();
        SampleTown people = new SampleTown(members);
        for (JsonNode known : town.path("organisations")) {
            OrganisationEntity organisation = new OrganisationEntity(
                    ids.next(),
                    known.path("name").asText(),
                    known.path("kind").asText(),
                    known.path("neighbourhood").asText(),
                    known.path("mission").path("fr").asText(),
                    known.path("mission").path("en").asText());
            for (JsonNode membership : known.path("members")) {
                organisation.join(
                        people.member(membership.path("member").asText()),
                        membership.path("role").asText());
            }
            em.persist(organisation);
        }
    }

    /** The sample members that are there; none in a town that is not the sample. */
    public SampleTown town() {
        Map<String, Long> members = new HashMap<>();
        jpa.tx(em -> em.createQuery("select m.email, m.id from Member m where m.email like :domain", Object[].class)
                .setParameter("domain", "%" + DOMAIN)
                .getResultList()
                .forEach(row -> {
                    String email = (String) row[0];
                    members.put(email.substring(0, email.length() - DOMAIN.length()), (Long) row[1]);
                }));
        return new SampleTown(members);
    }
}
