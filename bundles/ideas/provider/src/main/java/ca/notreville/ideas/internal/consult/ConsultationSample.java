// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.consult;

import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.sample.SampleData;
import ca.notreville.core.api.sample.SampleTown;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.api.verification.Residence;
import ca.notreville.ideas.api.Consultation;
import ca.notreville.ideas.api.Consultation.Option;
import ca.notreville.ideas.api.Consultation.Phase;
import ca.notreville.ideas.api.ConsultationService;
import ca.notreville.ideas.internal.jpa.ConsultationTable;
import ca.notreville.ideas.internal.jpa.ConsultationTable.Row;
import ca.notreville.ideas.internal.receipt.Receipt;
import ca.notreville.ideas.internal.receipt.Register;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the people of the sample town are asked together: one question that is open, one that is answered. */
@Component
public final class ConsultationSample implements SampleData {

    private static final long SEED = 20_261_124;

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final Register register;
    private final ConsultationService consultations;
    private final TerritoryService territory;

    @Activate
    public ConsultationSample(
            @Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference Register register,
            @Reference ConsultationService consultations,
            @Reference TerritoryService territory) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.register = register;
        this.consultations = consultations;
        this.territory = territory;
    }

    @Override
    public String module() {
        return "ideas";
    }

    @Override
    public void fill(SampleTown town) {
        if (!consultations.list(Paging.first(1)).items().isEmpty()) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.HOURS);
        Random random = new Random(SEED);
        Sql.write(dataSource, connection -> {
            Consultation answered = consultation(
                    "Quel nom pour le nouveau sentier le long de la rivière?",
                    "Le sentier ouvre au printemps. Son nom sera celui qui aura le plus d’appuis.",
                    "approval",
                    2,
                    List.of("Sentier des Hérons", "Promenade du Moulin", "Sentier de la Drave"),
                    now.minus(Duration.ofDays(45)),
                    now.minus(Duration.ofDays(15)),
                    0);
            vote(connection, answered, town, random, new int[][] {{6, 1}, {4, 1}, {3, 1}});
            Consultation open = consultation(
                    "Que faire de l’ancien garage municipal?",
                    "La Ville n’en a plus besoin. Donnez une mention à chaque projet : celui qui a la meilleure sera"
                            + " étudié en premier.\n\nChaque quartier est attendu.",
                    "judgment",
                    0,
                    List.of(
                            "Une maison de la famille et une joujouthèque",
                            "Un atelier partagé pour réparer et bricoler",
                            "Une salle de spectacle de 120 places",
                            "Un stationnement"),
                    now.minus(Duration.ofDays(6)),
                    now.plus(Duration.ofDays(21)),
                    8);
            vote(connection, open, town, random, new int[][] {{2, 5}, {3, 5}, {1, 4}, {0, 2}});
            return open;
        });
    }

    private Consultation consultation(
            String title,
            String description,
            String rule,
            int limit,
            List<String> titles,
            Instant opens,
            Instant closes,
            int threshold) {
        List<Option> options = new ArrayList<>();
        titles.forEach(one -> options.add(new Option(options.size() + 1, one, 0)));
        return new Consultation(
                ids.next(),
                title,
                description,
                rule,
                limit,
                options,
                opens,
                closes,
                false,
                Residence.Level.NONE,
                List.of(),
                threshold,
                Phase.OPEN);
    }

    /** @param taste of each option: the worst and best that is said of it, or how many of ten tick it */
    private void vote(Connection connection, Consultation in, SampleTown town, Random random, int[][] taste)
            throws SQLException {
        ConsultationTable.insert(connection, in, 0);
        List<String> places =
                territory.neighbourhoods().stream().map(Neighbourhood::id).toList();
        List<Long> voters = new ArrayList<>(town.members().values());
        Collections.sort(voters);
        for (long voter : voters) {
            if (random.nextInt(3) == 0) {
                continue;
            }
            Map<Integer, Integer> values = new TreeMap<>();
            for (Option option : in.options()) {
                int[] one = taste[option.number() - 1];
                if (in.limit() == 0) {
                    values.put(option.number(), one[0] + random.nextInt(one[1] - one[0] + 1));
                } else if (values.size() < in.limit() && random.nextInt(10) < one[0]) {
                    values.put(option.number(), one[1]);
                }
            }
            if (!values.isEmpty()) {
                Receipt receipt = register.receipt();
                String content = Content.of(values);
                Instant at = in.opensAt().plus(Duration.ofMinutes(random.nextInt(5 * 24 * 60)));
                ConsultationTable.insertBallot(
                        connection,
                        in.id(),
                        voter,
                        new Row(content, receipt.text(), at),
                        places.isEmpty() ? Optional.empty() : Optional.of(places.get(random.nextInt(places.size()))));
                Register.cast(connection, receipt, ConsultationServiceImpl.subject(in.id()), content);
            }
        }
    }
}
