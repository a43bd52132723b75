// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.notify.Delivery;
import ca.notreville.core.api.notify.Delivery.Mail;
import ca.notreville.core.api.notify.News;
import ca.notreville.core.api.notify.Notification;
import ca.notreville.core.api.notify.NotificationService;
import ca.notreville.core.api.notify.Preferences.Source;
import ca.notreville.core.internal.mail.TestMailer;
import ca.notreville.persistence.api.Jobs;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.HookedDataSource;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

/** From a fact to those whom it concerns, on the site and by e-mail. */
@OnDatabase
class NewsTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final Caller VISITOR = Caller.visitor(Locale.FRENCH);

    private NewsTown town;

    @BeforeEach
    void start() {
        town = new NewsTown(database);
        town.people(1, 9);
    }

    /** What kills a node: nothing is caught, nothing is tidied up. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void newsReachFollowersOfTheSubjectItsPlaceItsThemeAndTheActorAndThoseResponsibleOnceEach() {
        town.follow(3, "idea:42");
        town.follow(4, "neighbourhood:3");
        town.follow(5, "tag:parcs");
        town.follow(6, "member:1");
        town.follow(3, "tag:parcs");
        town.follow(3, "member:1");

        town.publish(NewsTown.published(1));
        town.spreadAll();

        assertThat(told()).containsExactly(2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void neitherTheActorNorThoseExceptedNorThoseWhoBlockedTheActorAreTold() {
        for (long member = 1; member <= 5; member++) {
            town.follow(member, "idea:42");
        }
        town.filters.add((actor, readers) -> actor == 1 && readers.contains(4L) ? Set.of(4L) : Set.of());

        town.publish(NewsTown.published(1).butNotTo(Set.of(3L)).to(Set.of(3L, 9L)));
        town.spreadAll();

        assertThat(told()).containsExactly(2L, 5L, 9L);
    }

    @Test
    void newsOfASubjectDoNotReachAround() {
        town.follow(3, "idea:42");
        town.follow(4, "neighbourhood:3");

        town.publish(News.of("comment:1", CoreNews.COMMENT, NewsTown.IDEA, 1).leadingTo("/ideas/42"));
        town.spreadAll();

        assertThat(told()).containsExactly(2L, 3L);
    }

    @Test
    void residentsAreToldToo() {
        database.execute("update core_member set neighbourhood_id = 'quai' where id in (7, 8)");
        database.execute("update core_member set neighbourhood_id = 'cote' where id = 9");

        town.publish(News.of("call:1", CoreNews.CALL, NewsTown.PLACE, 7).withResidents());
        town.spreadAll();

        assertThat(told()).containsExactly(8L);
    }

    @Test
    void whoUnfollowedIsNotTold() {
        town.follow(3, "idea:42");
        town.follows.unfollow(NewsTown.member(3), ca.notreville.core.api.follow.Target.of(NewsTown.IDEA));

        town.publish(NewsTown.published(1));
        town.spreadAll();

        assertThat(told()).containsExactly(2L);
    }

    @Test
    void theSameFactIsToldOnceHoweverOftenItIsPublishedAndNotAtAllIfItIsRolledBack() throws Exception {
        town.follow(3, "idea:42");
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            town.desk.publish(connection, NewsTown.published(1));
            connection.rollback();
        }
        assertThat(database.number("select count(*) from core_news")).isZero();
        town.jobs.clear();

        AtOnce.run(6, i -> {
            town.publish(NewsTown.published(1));
            return i;
        });
        town.spreadAll();
        town.publish(NewsTown.published(1));
        town.spreadAll();

        assertThat(database.number("select count(*) from core_news")).isEqualTo(1);
        assertThat(told()).containsExactly(2L, 3L);
    }

    @Test
    void aKillInTheMiddleLosesNobodyAndTellsNobodyTwice() {
        crowd();
        town.publish(answerLike());
        HookedDataSource dying = new HookedDataSource(database.dataSource());
        Spread spread = town.spread(dying, town.mailer());
        int[] pieces = {0};
        hookEachPiece(dying, pieces);
        assertThatThrownBy(() -> spread.run(NewsTown.job(town.jobs.get(0), 1))).isInstanceOf(Killed.class);
        assertThat(database.number("select count(*) from core_notification")).isEqualTo(Spread.AT_ONCE);

        town.spreadAll();

        assertEverybodyOnce();
    }

    /** Lets the first piece through and kills the node at the end of the second. */
    private static void hookEachPiece(HookedDataSource dying, int[] pieces) {
        dying.before("insert into core_notification", () -> {
            pieces[0]++;
            if (pieces[0] < 2) {
                hookEachPiece(dying, pieces);
            } else {
                dying.before("set stage", () -> {
                    throw new Killed();
                });
            }
        });
    }

    @Test
    void twoNodesThatSpreadTheSameNewsAtOnceTellEverybodyOnce() {
        crowd();
        town.publish(answerLike());
        String job = town.jobs.get(0);

        AtOnce.run(3, i -> {
            town.spread(database.dataSource(), town.mailer()).run(NewsTown.job(job, 1));
            return i;
        });

        assertEverybodyOnce();
    }

    /** More than two pieces of followers, all of whom agreed to e-mail and get it at once. */
    private void crowd() {
        town.people(100, 1_299);
        database.execute("insert into core_follow (member_id, target, id, active, since)"
                + " select id, 'idea:42', id, true, created_at from core_member where id >= 100");
        database.execute(
                "insert into core_reader (member_id, version, mail, mail_source, mail_decided_at, digests,"
                        + " follow_author, follow_comment, follow_vote)"
                        + " select id, 1, true, 'settings', created_at, true, true, true, false from core_member where id >= 100");
    }

    private static News answerLike() {
        return News.of("a:1", CoreNews.ANSWER, NewsTown.IDEA, 2).leadingTo("/ideas/42");
    }

    private void assertEverybodyOnce() {
        assertThat(database.number("select count(*) from core_notification")).isEqualTo(1_200);
        assertThat(town.letters("news:%")).isEqualTo(1_200);
        assertThat(database.number("select count(*) from core_news where spread_at is not null"))
                .isEqualTo(1);
    }

    @Test
    void whatIsNotToBeSeenIsTriedAgainAndAtLastToldToThoseAddressedOnly() {
        town.follow(3, "idea:42");
        town.known.clear();
        town.publish(NewsTown.published(1).to(Set.of(9L)));
        Spread spread = town.spread(database.dataSource(), town.mailer());
        String job = town.jobs.get(0);

        assertThatThrownBy(() -> spread.run(NewsTown.job(job, 1))).isInstanceOf(IllegalStateException.class);
        spread.run(NewsTown.job(job, Jobs.MAX_ATTEMPTS));

        assertThat(told()).containsExactly(9L);
    }

    @Test
    void whatIsTakenBackIsNoLongerThere() {
        town.follow(3, "idea:42");
        town.publish(NewsTown.published(1));
        town.spreadAll();

        withdraw("idea:42");
        withdraw("idea:never");

        assertThat(list(3).items()).isEmpty();
        assertThat(database.number("select count(*) from core_news")).isZero();
    }

    private void withdraw(String reference) {
        ca.notreville.persistence.api.Sql.write(database.dataSource(), connection -> {
            town.desk.withdraw(connection, reference);
            return true;
        });
    }

    @Test
    void newsAreListedLatestFirstPieceByPieceAndReadOneByOneOrAllThatWereShown() {
        for (int i = 1; i <= 5; i++) {
            town.publish(News.of("n:" + i, CoreNews.COMMENT, NewsTown.IDEA, 1)
                    .saying("core.news.comment", Map.of("title", "no " + i))
                    .leadingTo("/ideas/42"));
        }
        town.spreadAll();
        Caller reader = NewsTown.member(2);

        Slice<Notification> first = town.notifications.list(reader, Paging.first(2));
        Slice<Notification> second =
                town.notifications.list(reader, Paging.of("2", first.next(), NotificationService.CURSOR_SIZE));

        assertThat(first.items()).extracting(n -> n.arguments().get("title")).containsExactly("no 5", "no 4");
        assertThat(second.items()).extracting(n -> n.arguments().get("title")).containsExactly("no 3", "no 2");
        assertThat(first.items().get(0).arguments()).containsEntry("actor", "Membre 1");
        assertThat(town.notifications.unread(reader)).isEqualTo(5);
        assertThat(town.notifications.read(reader, first.items().get(0).id()).read())
                .isTrue();
        assertThat(town.notifications.unread(reader)).isEqualTo(4);
        town.notifications.readAll(reader, second.items().get(0).id());
        assertThat(town.notifications.unread(reader)).as("no 4 came since").isEqualTo(1);
        assertThat(town.notifications.unread(VISITOR)).isZero();
    }

    @Test
    void nobodyReadsTheNewsOfAnother() {
        town.publish(NewsTown.published(1));
        town.spreadAll();
        long id = list(2).items().get(0).id();

        assertThatThrownBy(() -> town.notifications.read(NewsTown.member(3), id))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> town.notifications.list(VISITOR, Paging.first(1)))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void withoutConsentNoLetterIsPostedAndWithItAnAnswerIsALetterAtOnce() {
        town.agree(4);

        town.publish(answerLike().to(Set.of(3L, 4L)).only());
        town.spreadAll();

        assertThat(told()).containsExactly(3L, 4L);
        assertThat(town.letters("news:%:3")).isZero();
        assertThat(town.letters("news:%:4")).isEqualTo(1);
    }

    @Test
    void consentIsRecordedWithDateAndSourceAndInTheAuditLogAndOnlyWhenItChanges() throws Exception {
        Caller reader = NewsTown.member(3);
        assertThat(town.notifications.preferences(reader).mail()).isFalse();
        assertThat(town.notifications.preferences(reader).mailDecidedAt()).isNull();

        town.notifications.agreeToMail(reader, true, Source.FOLLOWING);
        town.clock.advance(Duration.ofDays(1));
        town.notifications.agreeToMail(reader, true, Source.SETTINGS);

        var agreed = town.notifications.preferences(reader);
        assertThat(agreed.mail()).isTrue();
        assertThat(agreed.mailSource()).isEqualTo("following");
        assertThat(agreed.mailDecidedAt()).isEqualTo(Instant.parse("2026-05-01T12:00:00Z"));
        assertThat(town.database.number("select count(*) from core_consent where member_id = 3 and kind = 'email'"))
                .as("among all consents of the member, once")
                .isEqualTo(1);
        Mockito.verify(town.audit, Mockito.times(1))
                .append(
                        Mockito.any(),
                        Mockito.eq(reader),
                        Mockito.eq("core.mail-agreed"),
                        Mockito.eq("member:3"),
                        Mockito.eq(Map.of("source", "following")));
    }

    @Test
    void aRefusalOfTheOfferIsRememberedSoThatItIsNotMadeAgain() {
        Caller reader = NewsTown.member(3);

        town.notifications.agreeToMail(reader, false, Source.FOLLOWING);

        assertThat(town.notifications.preferences(reader).mailDecidedAt()).isNotNull();
        assertThat(town.notifications.preferences(reader).mail()).isFalse();
    }

    @Test
    void eachKindComesAsTheReaderDecided() {
        for (long member : new long[] {3, 4, 5}) {
            town.agree(member);
            town.follow(member, "idea:42");
        }
        decide(3, CoreNews.COMMENT, new Delivery(false, Mail.NONE));
        decide(4, CoreNews.COMMENT, new Delivery(false, Mail.ONCE));

        town.publish(News.of("comment:1", CoreNews.COMMENT, NewsTown.IDEA, 1).leadingTo("/ideas/42"));
        town.spreadAll();

        assertThat(town.told(3)).isZero();
        assertThat(list(4).items()).isEmpty();
        assertThat(town.letters("news:%:4")).isEqualTo(1);
        assertThat(list(5).items()).hasSize(1);
        assertThat(pending()).as("of 5 alone").isEqualTo(1);
    }

    @Test
    void aKindThatNobodyDeclaresCannotBeDecidedAndIsToldOnTheSiteOnly() {
        town.agree(3);
        assertThatThrownBy(() -> decide(3, "nobody.knows", new Delivery(true, Mail.ONCE)))
                .isInstanceOf(InvalidException.class);

        town.publish(
                News.of("x:1", "nobody.knows", NewsTown.IDEA, 1).to(Set.of(3L)).only());
        town.spreadAll();

        assertThat(list(3).items()).hasSize(1);
        assertThat(town.letters("%")).isZero();
    }

    @Test
    void aDigestGoesOutAtTheLocalHourInTheReadersLanguageAndOnceHoweverManyNodesTryAndRestart() throws Exception {
        database.execute("update core_member set language = 'en' where id = 3");
        town.agree(3);
        town.follow(3, "idea:42");
        town.publish(NewsTown.published(1));
        town.spreadAll();
        // told at 8 in the morning of the 1st of May; the hour is 7 in Toronto
        town.digests().run(NewsTown.job("", 1));
        assertThat(town.letters("digest:%")).as("not before its hour").isZero();
        town.clock.advance(Duration.ofHours(22).plusMinutes(59));
        town.digests().run(NewsTown.job("", 1));
        assertThat(town.letters("digest:%")).as("not before its hour").isZero();
        town.clock.advance(Duration.ofMinutes(2));

        AtOnce.run(2, i -> {
            town.digests().run(NewsTown.job("", 1));
            return i;
        });
        town.digests().run(NewsTown.job("", 1));

        assertThat(town.letters("digest:daily:2026-05-02:3")).isEqualTo(1);
        assertThat(town.letters("digest:%")).isEqualTo(1);
        GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
        server.start();
        try {
            TestMailer[] nodes = {node(server), node(server)};
            AtOnce.run(2, i -> {
                nodes[i].sendDue();
                return i;
            });
            node(server).sendDue();
            MimeMessage[] sent = server.getReceivedMessages();
            assertThat(sent).hasSize(1);
            assertThat(sent[0].getSubject()).startsWith("en core.digest.subject {n=1");
            assertThat(sent[0].getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
            assertThat(sent[0].getHeader("List-Unsubscribe")[0])
                    .startsWith("<https://ville.example/following/stop?what=digests&token=");
            assertThat((String) ((MimeMultipart) sent[0].getContent())
                            .getBodyPart(0)
                            .getContent())
                    .contains(
                            "• en ideas.news.published {actor=Membre 1, title=Un banc}",
                            "https://ville.example/ideas/42");
        } finally {
            server.stop();
        }
    }

    private TestMailer node(GreenMail server) {
        return new TestMailer(
                database.dataSource(),
                town.ids,
                town.clock,
                town.territory,
                NewsTown.SITE,
                NewsTown.messages(),
                server.getSmtp().getPort());
    }

    @Test
    void aKillInTheMiddleOfADigestSendsItOnceAfterTheRestart() {
        town.agree(3);
        town.follow(3, "idea:42");
        town.publish(NewsTown.published(1));
        town.spreadAll();
        town.clock.advance(Duration.ofDays(1));
        HookedDataSource dying = new HookedDataSource(database.dataSource());
        dying.before("insert into core_mail", () -> {
            throw new Killed();
        });
        assertThatThrownBy(() -> town.digests(dying).run(NewsTown.job("", 1))).isInstanceOf(Killed.class);
        assertThat(town.letters("digest:%")).isZero();

        town.digests().run(NewsTown.job("", 1));

        assertThat(town.letters("digest:%")).isEqualTo(1);
    }

    @Test
    void aDigestOfTheWeekGoesOutOnMondays() {
        town.agree(3);
        town.follow(3, "idea:42");
        town.publish(News.of("w:1", "ideas.weekly", NewsTown.IDEA, 1));
        town.spreadAll();
        // from Friday noon to Sunday noon
        town.clock.advance(Duration.ofDays(2));
        town.digests().run(NewsTown.job("", 1));
        assertThat(town.letters("digest:%")).isZero();

        town.clock.advance(Duration.ofDays(1));
        town.digests().run(NewsTown.job("", 1));

        assertThat(town.letters("digest:weekly:2026-05-04:3")).isEqualTo(1);
    }

    @Test
    void whatWasReadOnTheSiteMeanwhileIsInNoDigestAndAnEmptyOneIsNotSent() {
        town.agree(3);
        town.follow(3, "idea:42");
        town.publish(NewsTown.published(1));
        town.spreadAll();
        town.notifications.readAll(NewsTown.member(3), Long.MAX_VALUE);

        town.clock.advance(Duration.ofDays(1));
        town.digests().run(NewsTown.job("", 1));

        assertThat(town.letters("digest:%")).isZero();
        assertThat(pending()).isZero();
    }

    @Test
    void whoTookTheirConsentBackMeanwhileGetsNoDigest() {
        town.agree(3);
        town.follow(3, "idea:42");
        town.publish(NewsTown.published(1));
        town.spreadAll();
        town.notifications.agreeToMail(NewsTown.member(3), false, Source.SETTINGS);

        assertThat(town.digests().postNow(Caller.operator())).isZero();

        assertThat(town.letters("%")).isZero();
    }

    @Test
    void anOperatorPostsDigestsAtOnceAndNobodyElseDoes() {
        town.agree(3);
        town.follow(3, "idea:42");
        town.publish(NewsTown.published(1));
        town.spreadAll();

        assertThatThrownBy(() -> town.digests().postNow(NewsTown.member(3)))
                .isInstanceOf(ca.notreville.core.api.error.ForbiddenException.class);
        assertThat(town.digests().postNow(Caller.operator())).isEqualTo(1);
        assertThat(town.digests().postNow(Caller.operator())).isZero();
    }

    @Test
    void theLinkOfALetterEndsThoseLettersWithoutASessionYearsLaterAndTwiceTheSameAsOnce() {
        town.agree(3);
        town.agree(4);
        String link = town.links().stop(3, CoreNews.ANSWER);
        String token = link.substring(link.indexOf("token=") + 6);
        town.clock.advance(Duration.ofDays(3_000));

        assertThat(town.notifications.stoppable(CoreNews.ANSWER, token)).isEqualTo(NotificationService.Stop.KIND);
        assertThat(delivery(3)).as("showing the page stops nothing").isEqualTo(Mail.ONCE);
        town.notifications.stop(CoreNews.ANSWER, token, false);
        town.notifications.stop(CoreNews.ANSWER, token, false);

        assertThat(delivery(3)).isEqualTo(Mail.NONE);
        assertThat(delivery(4)).isEqualTo(Mail.ONCE);
        assertThat(town.notifications.preferences(NewsTown.member(3)).mail()).isTrue();
        town.notifications.stop(CoreNews.ANSWER, token, true);
        assertThat(town.notifications.preferences(NewsTown.member(3)).mail()).isFalse();
        assertThat(town.notifications.preferences(NewsTown.member(3)).mailSource())
                .isEqualTo("letter");
    }

    @Test
    void theLinkOfADigestEndsDigests() {
        town.agree(3);
        String link = town.links().stop(3, LetterLinks.DIGESTS);
        town.follow(3, "idea:42");
        town.publish(NewsTown.published(1));
        town.spreadAll();

        town.notifications.stop(LetterLinks.DIGESTS, link.substring(link.indexOf("token=") + 6), false);

        assertThat(town.digests().postNow(Caller.operator())).isZero();
        assertThat(list(3).items()).hasSize(1);
    }

    @Test
    void aForgedLinkIsNotGood() {
        String link = town.links().stop(3, CoreNews.ANSWER);
        String token = link.substring(link.indexOf("token=") + 6);
        for (String forged : List.of(
                "",
                ".",
                "3",
                "4" + token.substring(1),
                token.substring(0, token.length() - 1),
                token + "A",
                "zzzzzzzzzzzzzzzzzzzz." + token,
                "3.é")) {
            assertThatThrownBy(() -> town.notifications.stop(CoreNews.ANSWER, forged, true))
                    .as(forged)
                    .isInstanceOf(NotFoundException.class);
        }
        assertThatThrownBy(() -> town.notifications.stop(CoreNews.COMMENT, token, false))
                .as("of another kind")
                .isInstanceOf(NotFoundException.class);
        assertThat(town.desk.reader("/calls/1", token))
                .as("for another purpose")
                .isEmpty();
    }

    private Mail delivery(long member) {
        return java.util.Objects.requireNonNull(town.notifications
                        .preferences(NewsTown.member(member))
                        .kinds()
                        .get(CoreNews.ANSWER))
                .mail();
    }

    private void decide(long member, String kind, Delivery delivery) {
        town.notifications.decide(NewsTown.member(member), Map.of(kind, delivery), true);
    }

    private Slice<Notification> list(long member) {
        return town.notifications.list(NewsTown.member(member), Paging.first(10));
    }

    private long pending() {
        return database.number("select count(*) from core_notification where pending is not null");
    }

    /** Ids of those who were told, each as often as they were. */
    private List<Long> told() {
        Long[] told = new Long[10];
        for (int member = 0; member < 10; member++) {
            told[member] = town.told(member) == 0 ? 0L : member * town.told(member);
        }
        return Arrays.stream(told).filter(id -> id != 0).toList();
    }
}
