// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.follow.FollowService;
import ca.notreville.core.api.follow.Occasion;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.moderation.Contributions.Verdict;
import ca.notreville.core.api.notify.News;
import ca.notreville.core.api.notify.NewsDesk;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.internal.jpa.IdeaEntity;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.Sql;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;

@OnDatabase
class PublicationTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("ideas");

    @Test
    void whereModerationComesFirstEveryIdeaIsHeldButThoseOfModerators() {
        Publication publication = LifeFixture.publication("before");
        Caller moderator = Caller.member(3, "M", Set.of(Role.MODERATOR), Locale.FRENCH);

        assertThat(publication.of(LifeFixture.AUTHOR, "quai", Verdict.PASS))
                .isEqualTo(new Verdict(true, List.of("moderated-first")));
        assertThat(publication
                        .of(LifeFixture.AUTHOR, null, new Verdict(true, List.of("links")))
                        .signs())
                .containsExactly("links", "moderated-first");
        assertThat(publication.of(moderator, null, Verdict.PASS)).isEqualTo(Verdict.PASS);
    }

    @Test
    void whereItComesAfterNothingChanges() {
        Verdict held = new Verdict(true, List.of("links"));
        Publication publication = LifeFixture.publication("after");

        assertThat(publication.of(LifeFixture.AUTHOR, null, Verdict.PASS)).isEqualTo(Verdict.PASS);
        assertThat(publication.of(LifeFixture.AUTHOR, null, held)).isEqualTo(held);
    }

    @Test
    void anIdeaThatWasHeldIsToldOfWhenItIsShownAndItsAuthorFollowsItThen() throws Exception {
        IdeasFixture ideas = new IdeasFixture(database);
        NewsDesk desk = Mockito.mock(NewsDesk.class);
        FollowService follows = Mockito.mock(FollowService.class);
        IdeaEntity held = new IdeaEntity(ideas.ids.next(), IdeaState.PUBLISHED, 7, "Ana", ideas.clock.instant());
        held.write("Des bancs", "Il manque des bancs.", "En mettre un ou deux.");
        held.place("sport", null);
        held.hold();
        ideas.jpa.tx(em -> ideas.writer.publish(em, List.of(held)));
        IdeaModeration moderation = new IdeaModeration(
                ideas.jpa, Mockito.mock(Outbox.class), ideas.tallies, Mockito.mock(Cards.class), desk, follows);

        for (int twice = 0; twice < 2; twice++) {
            Sql.write(database.dataSource(), connection -> {
                moderation.restore(connection, held.id());
                return true;
            });
        }

        ArgumentCaptor<News> told = ArgumentCaptor.forClass(News.class);
        Mockito.verify(desk, Mockito.times(1)).publish(Mockito.any(), told.capture());
        assertThat(told.getValue().reference()).isEqualTo("idea:" + held.id());
        assertThat(told.getValue().tags()).containsExactly("sport");
        Mockito.verify(follows)
                .automatically(
                        Mockito.any(),
                        Mockito.eq(7L),
                        Mockito.eq(Target.of(new Initiative("idea", held.id()))),
                        Mockito.eq(Occasion.AUTHOR));
        ideas.close();
    }
}
