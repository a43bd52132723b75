// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.notify.News;
import ca.notreville.core.api.notify.NewsAudience;
import ca.notreville.persistence.api.Jobs;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Those who take part in what the news are about are told, each of them once. */
@OnDatabase
class AudienceTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private NewsTown town;

    @BeforeEach
    void start() {
        town = new NewsTown(database);
    }

    /** Voters from one number to another, the last of whom have no account any more. */
    private static NewsAudience voters(long from, long to, AtomicInteger asked) {
        return new NewsAudience() {
            @Override
            public String kind() {
                return "idea";
            }

            @Override
            public List<Long> members(long initiative, long after, int most) {
                asked.incrementAndGet();
                assertThat(initiative).isEqualTo(NewsTown.IDEA.id());
                return LongStream.rangeClosed(Math.max(from, after + 1), to)
                        .limit(most)
                        .boxed()
                        .toList();
            }
        };
    }

    private static News decided() {
        return News.of("idea:42:1", CoreNews.ANSWER, NewsTown.IDEA, 0)
                .leadingTo("/ideas/42")
                .concerning();
    }

    @Test
    void tenThousandVotersFollowersAndTheAuthorAreToldOnceEachAFewHundredAtATime() {
        town.people(1, 10_000);
        database.execute("insert into core_follow (member_id, target, id, active, since)"
                + " select id, 'idea:42', id, true, created_at from core_member where id <= 3000");
        AtomicInteger asked = new AtomicInteger();
        town.audiences.add(voters(2_001, 10_050, asked));

        town.publish(decided().butNotTo(Set.of(7L, 9_000L)));
        String job = town.jobs.get(0);
        AtOnce.run(2, i -> {
            town.spread(database.dataSource(), town.mailer()).run(NewsTown.job(job, 1));
            return i;
        });

        assertThat(database.number("select count(*) from core_notification")).isEqualTo(9_998);
        assertThat(database.number("select count(distinct member_id) from core_notification"))
                .isEqualTo(9_998);
        assertThat(town.told(7)).isZero();
        assertThat(town.told(9_000)).isZero();
        assertThat(asked.get()).as("pieces").isBetween(17, 40);
    }

    @Test
    void votersHearNothingOfNewsThatAreNotForThem() {
        town.people(1, 9);
        town.audiences.add(voters(5, 9, new AtomicInteger()));

        town.publish(News.of("c:1", CoreNews.COMMENT, NewsTown.IDEA, 0).leadingTo("/ideas/42"));
        town.spreadAll();

        assertThat(database.number("select count(*) from core_notification")).isEqualTo(1);
        assertThat(town.told(2)).as("the author").isEqualTo(1);
    }

    @Test
    void whileTheModuleThatKnowsThemIsAwayTheNewsWait() {
        town.people(1, 9);
        town.publish(decided());
        String job = town.jobs.get(0);
        Spread spread = town.spread(database.dataSource(), town.mailer());
        assertThatThrownBy(() -> spread.run(NewsTown.job(job, 1))).isInstanceOf(IllegalStateException.class);
        assertThat(database.number("select count(*) from core_notification")).isZero();

        town.audiences.add(voters(5, 9, new AtomicInteger()));
        spread.run(NewsTown.job(job, 2));

        assertThat(database.number("select count(*) from core_notification")).isEqualTo(6);
        assertThat(Jobs.MAX_ATTEMPTS).isGreaterThan(2);
    }
}
