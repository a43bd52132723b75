// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.follow.FollowRules;
import ca.notreville.core.api.follow.FollowService;
import ca.notreville.core.api.follow.Followed;
import ca.notreville.core.api.follow.Occasion;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.internal.notify.NewsTown;
import ca.notreville.persistence.api.Sql;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class FollowServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final Target IDEA = Target.of(NewsTown.IDEA);
    private static final Target PLACE = Target.of(NewsTown.PLACE);
    private static final Target PARKS = Target.tag("parcs");

    private final Caller ana = Caller.member(1, "Ana", Set.of(), Locale.FRENCH);
    private final Caller bo = Caller.member(2, "Bo", Set.of(), Locale.FRENCH);
    private FollowService follows;

    @BeforeEach
    void start() {
        NewsTown town = new NewsTown(database);
        town.people(1, 2);
        follows = town.follows;
    }

    @Test
    void followingTwiceIsFollowingOnceHoweverManyTry() {
        AtOnce.run(6, i -> {
            follows.follow(ana, IDEA);
            return i;
        });
        follows.follow(bo, IDEA);

        assertThat(follows.follows(ana, IDEA)).isTrue();
        assertThat(follows.followers(IDEA)).isEqualTo(2);
        follows.unfollow(ana, IDEA);
        follows.unfollow(ana, IDEA);
        assertThat(follows.follows(ana, IDEA)).isFalse();
        assertThat(follows.followers(IDEA)).isEqualTo(1);
        assertThat(follows.follows(Caller.visitor(Locale.FRENCH), IDEA)).isFalse();
    }

    @Test
    void whatIsFollowedIsListedLatestFirstPieceByPieceWithItsTitleOfToday() {
        follows.follow(ana, IDEA);
        follows.follow(ana, PLACE);
        follows.follow(ana, PARKS);

        Slice<Followed> first = follows.list(ana, Paging.first(2));
        Slice<Followed> rest = follows.list(ana, Paging.of("2", first.next(), FollowService.CURSOR_SIZE));

        assertThat(first.items()).extracting(Followed::title).containsExactly("Parcs", "Le Quai");
        assertThat(rest.items()).extracting(Followed::path).containsExactly("/ideas/42");
        assertThat(rest.next()).isNull();
    }

    @Test
    void whatIsNotThereOneselfAndAVisitorAreRefused() {
        assertThatThrownBy(() -> follows.follow(ana, Target.parse("idea:99").orElseThrow()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> follows.follow(ana, Target.tag("none"))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> follows.follow(ana, Target.parse("member:1").orElseThrow()))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> follows.follow(Caller.visitor(Locale.FRENCH), IDEA))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void nobodyFollowsMoreThanTheLimit() {
        Sql.write(database.dataSource(), connection -> {
            try (var insert =
                    connection.prepareStatement("insert into core_follow (member_id, target, id, active, since)"
                            + " values (1, ?, ?, true, {ts '2026-01-01 00:00:00'})")) {
                for (int i = 0; i < FollowService.MAX - 1; i++) {
                    insert.setString(1, "idea:" + (1_000 + i));
                    insert.setLong(2, i);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            return true;
        });

        Target[] both = {IDEA, PLACE};
        long taken = AtOnce.run(2, i -> {
                    try {
                        follows.follow(ana, both[i]);
                        return 1L;
                    } catch (ConflictException e) {
                        return 0L;
                    }
                })
                .stream()
                .mapToLong(n -> n)
                .sum();

        assertThat(taken).isEqualTo(1);
    }

    @Test
    void takingPartFollowsByItselfAsTheRulesSayAndDoesNotBringBackWhatWasStopped() {
        automatically(ana, IDEA, Occasion.VOTE);
        assertThat(follows.follows(ana, IDEA)).as("votes do not, by default").isFalse();
        automatically(ana, IDEA, Occasion.COMMENT);
        assertThat(follows.follows(ana, IDEA)).isTrue();
        follows.unfollow(ana, IDEA);
        automatically(ana, IDEA, Occasion.AUTHOR);
        assertThat(follows.follows(ana, IDEA)).isFalse();

        follows.setRules(ana, new FollowRules(true, false, true));
        assertThat(follows.rules(ana)).isEqualTo(new FollowRules(true, false, true));
        automatically(ana, PLACE, Occasion.COMMENT);
        assertThat(follows.follows(ana, PLACE)).isFalse();
        automatically(ana, PLACE, Occasion.VOTE);
        assertThat(follows.follows(ana, PLACE)).isTrue();
    }

    private void automatically(Caller who, Target target, Occasion occasion) {
        Sql.write(database.dataSource(), connection -> {
            follows.automatically(connection, who.memberId(), target, occasion);
            return true;
        });
    }
}
