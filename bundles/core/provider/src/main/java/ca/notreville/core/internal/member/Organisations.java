// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import ca.notreville.core.internal.jpa.OrganisationEntity;
import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.aries.jpa.template.JpaTemplate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The directory of organisations. */
@Component(service = Organisations.class)
public final class Organisations {

    private static final int MAX = 500;

    private final JpaTemplate jpa;

    /**
     * @param kind community, round-table, social-economy, business or institution
     * @param neighbourhood id, or {@code null}
     * @param members how many people act for it
     */
    public record Organisation(
            long id,
            String name,
            String kind,
            @Nullable String neighbourhood,
            String missionFr,
            String missionEn,
            int members) {

        /** In this language if it was written in it, else in French. */
        public String mission(Locale language) {
            return language.getLanguage().equals("en") && !missionEn.isEmpty() ? missionEn : missionFr;
        }
    }

    @Activate
    public Organisations(@Reference(target = "(osgi.unit.name=core)") JpaTemplate jpa) {
        this.jpa = jpa;
    }

    /**
     * By name.
     *
     * @param neighbourhood only those of this one, {@code null} for all
     */
    public List<Organisation> list(@Nullable String neighbourhood) {
        // sorted here: databases disagree on where capitals and accents go
        Collator collator = Collator.getInstance(Locale.CANADA_FRENCH);
        return jpa.txExpr(em -> em
                .createQuery(
                        "select o from Organisation o where o.neighbourhood = :place or :all = true",
                        OrganisationEntity.class)
                .setParameter("place", neighbourhood == null ? "" : neighbourhood)
                .setParameter("all", neighbourhood == null)
                .setMaxResults(MAX)
                .getResultList()
                .stream()
                .map(Organisations::view)
                .sorted(Comparator.comparing(Organisation::name, collator))
                .toList());
    }

    public Optional<Organisation> find(long id) {
        return jpa.txExpr(
                em -> Optional.ofNullable(em.find(OrganisationEntity.class, id)).map(Organisations::view));
    }

    private static Organisation view(OrganisationEntity entity) {
        return new Organisation(
                entity.id(),
                entity.name(),
                entity.kind(),
                entity.neighbourhood(),
                entity.missionFr() == null ? "" : entity.missionFr(),
                entity.missionEn() == null ? "" : entity.missionEn(),
                entity.size());
    }
}
