// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.notify.News;
import ca.notreville.core.api.notify.NewsDesk;
import ca.notreville.ideas.api.AnswerDraft;
import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.Life;
import ca.notreville.ideas.api.LifeService;
import ca.notreville.ideas.api.MergeDraft;
import ca.notreville.ideas.api.MoveDraft;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.testing.TestDatabase;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.mockito.Mockito;

/** The life of ideas on a real database. */
final class LifeFixture {

    static final Caller AUTHOR = member(7);
    static final Caller STAFF = staff(900);
    static final String WHY = "Le terrain appartient déjà à la Ville.";

    final IdeasFixture ideas;
    final List<News> news = new CopyOnWriteArrayList<>();
    final AuditLog audit = Mockito.mock(AuditLog.class);
    final Cards cards;
    final LifeService life;

    LifeFixture(TestDatabase database) throws Exception {
        ideas = new IdeasFixture(database);
        MemberService members = Mockito.mock(MemberService.class);
        Mockito.when(members.displayNames(Mockito.any())).thenAnswer(call -> {
            Map<Long, String> names = new HashMap<>();
            call.<Collection<Long>>getArgument(0).forEach(id -> names.put(id, "Membre " + id));
            return names;
        });
        cards = new Cards(database.dataSource(), ideas.tallies, Mockito.mock(CommentService.class), members);
        life = new LifeServiceImpl(
                database.dataSource(),
                ideas.ids,
                ideas.clock,
                IdeasFixture.ACCESS,
                ideas.events::add,
                members,
                audit,
                desk(),
                outbox(),
                ideas.tallies,
                cards);
    }

    private NewsDesk desk() {
        return new NewsDesk() {
            @Override
            public void publish(Connection connection, News one) {
                news.add(one);
            }

            @Override
            public void withdraw(Connection connection, String reference) {}

            @Override
            public void poke() {}

            @Override
            public OptionalLong reader(String path, String token) {
                return OptionalLong.empty();
            }
        };
    }

    private Outbox outbox() {
        return new Outbox() {
            @Override
            public void append(Connection connection, String topic, String item) {
                ideas.outboxItems.add(topic + " " + item);
            }

            @Override
            public void poke() {}
        };
    }

    static Publication publication(String moderation) {
        PublicationConfig config = Mockito.mock(PublicationConfig.class);
        Mockito.when(config.moderation()).thenReturn(moderation);
        return new Publication((caller, action, where) -> caller.has(Role.MODERATOR), config);
    }

    static Caller member(long id) {
        return Caller.member(id, "Membre " + id, Set.of(), Locale.FRENCH);
    }

    static Caller staff(long id) {
        return Caller.member(id, "Agente " + id, Set.of(Role.STAFF), Locale.FRENCH);
    }

    void vote(long idea, Choice choice, long... members) {
        for (long member : members) {
            ideas.votes.cast(member(member), idea, choice);
        }
    }

    Life review(long idea) {
        return life.move(STAFF, idea, new MoveDraft("under_review", "", null));
    }

    static AnswerDraft accepted() {
        return new AnswerDraft("accepted", WHY, 1_250_000L, "2027-05-31", null);
    }

    static AnswerDraft declined(@Nullable Integer step) {
        return new AnswerDraft("declined", WHY, null, null, step);
    }

    Life merge(long source, long target) {
        return life.merge(STAFF, source, new MergeDraft(String.valueOf(target), "La même idée.", null));
    }

    Life part(long source) {
        return life.part(STAFF, source, new MoveDraft(null, "", null));
    }

    void close() throws Exception {
        ideas.close();
    }
}
