// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.call;

import ca.notreville.core.api.call.CallAnswer;
import ca.notreville.core.api.follow.FollowService;
import ca.notreville.core.api.follow.Occasion;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.sample.SampleData;
import ca.notreville.core.api.sample.SampleTown;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.call.CallTable.Row;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A few calls to action of the sample town, answered by its members, who follow the places where they answer. */
@Component(service = SampleData.class)
public final class SampleCalls implements SampleData {

    private static final List<String> PEOPLE = List.of(
            "lucie-beaumier",
            "widline-c",
            "yacine-b",
            "camilo-a",
            "gilberte-l",
            "felix-lanouette",
            "zoe-s",
            "benoit-c",
            "anais-p",
            "gwen-a",
            "doug-hennessey",
            "emeka-o",
            "maude-q",
            "hoa-n");

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final TerritoryService territory;
    private final FollowService follows;

    @Activate
    public SampleCalls(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference TerritoryService territory,
            @Reference FollowService follows) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.territory = territory;
        this.follows = follows;
    }

    @Override
    public String module() {
        return "core";
    }

    @Override
    public void fill(SampleTown town) {
        Sql.write(dataSource, connection -> {
            if (CallTable.any(connection)) {
                return false;
            }
            call(
                    connection,
                    town,
                    "claudette-frigon",
                    "faubourg-des-tanneurs",
                    "Dix personnes samedi pour la corvée des ruelles",
                    "On ramasse, on sarcle et on repeint les bacs à fleurs de la ruelle des Tanneurs. Deux heures, gants"
                            + " fournis, café et biscuits à la fin. Les enfants sont bienvenus.",
                    "Coin rue des Tanneurs et ruelle Boisvert",
                    5,
                    10,
                    7);
            call(
                    connection,
                    town,
                    "meredith-tolhurst",
                    "dunmarrow",
                    "Four pairs of hands to set up the community supper",
                    "Tables to unfold, soup to stir, chairs to carry back. Come at four, stay for the meal. No French needed,"
                            + " on se débrouille!",
                    "Dunmarrow parish hall",
                    3,
                    4,
                    3);
            call(
                    connection,
                    town,
                    "rejean-lafleche",
                    "rang-des-sources",
                    "Vingt bénévoles pour compter les grenouilles",
                    "Une soirée au bord du ruisseau avec une biologiste, une lampe de poche et des bottes. Aucune connaissance"
                            + " nécessaire : on vous apprend à reconnaître leur chant.",
                    "Stationnement du rang des Sources",
                    12,
                    20,
                    4);
            return true;
        });
    }

    private void call(
            Connection connection,
            SampleTown town,
            String sender,
            String place,
            String title,
            String text,
            String where,
            int inDays,
            int wanted,
            int yes)
            throws SQLException {
        Neighbourhood neighbourhood = territory.neighbourhood(place).orElse(null);
        if (neighbourhood == null) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        // at two in the afternoon, or three in summer
        Instant starts =
                now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(inDays)).plus(Duration.ofHours(19));
        Target target = Target.of(new Initiative(Neighbourhood.KIND, neighbourhood.number()));
        long id = ids.next();
        CallTable.insert(
                connection,
                new Row(
                        id,
                        town.member(sender),
                        target,
                        place,
                        title,
                        text,
                        where,
                        starts,
                        wanted,
                        0,
                        0,
                        0,
                        starts,
                        null,
                        null,
                        now.minus(Duration.ofHours(20L + inDays))));
        for (int i = 0; i < PEOPLE.size() && i < yes + 2; i++) {
            long member = town.member(PEOPLE.get((i + inDays) % PEOPLE.size()));
            CallTable.setAnswer(connection, id, member, null, i < yes ? CallAnswer.YES : CallAnswer.MAYBE, now);
            follows.automatically(connection, member, target, Occasion.COMMENT);
        }
    }
}
