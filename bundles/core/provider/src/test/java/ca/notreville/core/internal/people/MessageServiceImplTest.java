// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.contact.MessageService;
import ca.notreville.core.api.contact.MessageService.Conversation;
import ca.notreville.core.api.contact.MessageService.Message;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.organisation.Actor;
import ca.notreville.core.api.organisation.OrganisationDraft;
import ca.notreville.persistence.api.Job;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class MessageServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private Quarter quarter;
    private Caller ana;
    private Caller bo;

    @BeforeEach
    void start() {
        quarter = new Quarter(database);
        database.execute("delete from core_message");
        database.execute("delete from core_thread_side");
        database.execute("delete from core_thread");
        ana = quarter.member("Ana");
        bo = quarter.member("Bo");
        quarter.contacts.connect(ana, bo.memberId(), "");
        quarter.contacts.answer(bo, ana.memberId(), true);
        quarter.letters.clear();
    }

    private static Actor self(Caller caller) {
        return Actor.member(caller.memberId());
    }

    private Message send(Caller from, Caller to, String body) {
        return quarter.messages.send(from, self(from), self(to), body);
    }

    private List<Message> read(Caller caller, long thread) {
        return quarter.messages.messages(caller, thread, Paging.first(20)).items();
    }

    private long organisation() {
        return quarter.organisations
                .create(ana, new OrganisationDraft("L’Abri", "community", "Aider", null, null, null))
                .id();
    }

    @Test
    void peopleWhoAreConnectedWriteToEachOtherAndSeeWhatIsUnread() {
        long thread = send(ana, bo, "Bonjour!").thread();

        assertThat(quarter.messages.unread(bo)).isEqualTo(1);
        assertThat(quarter.messages.unread(ana)).isZero();
        assertThat(quarter.messages.threads(bo, Paging.first(20)).items())
                .singleElement()
                .satisfies(conversation -> {
                    assertThat(conversation.other().name()).isEqualTo("Ana");
                    assertThat(conversation.unread()).isTrue();
                });

        assertThat(read(bo, thread)).extracting(Message::body).containsExactly("Bonjour!");
        assertThat(quarter.messages.unread(bo)).isZero();
        assertThat(send(bo, ana, "Salut!").thread()).isEqualTo(thread);
        assertThat(read(ana, thread)).extracting(Message::author).containsExactly("Bo", "Ana");
    }

    @Test
    void strangersReadAndWriteNothing() {
        long thread = send(ana, bo, "Bonjour!").thread();
        Caller eve = quarter.member("Ève");

        assertThatThrownBy(() -> read(eve, thread)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> quarter.messages.thread(eve, thread)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> send(eve, bo, "Psitt"))
                .isInstanceOf(ForbiddenException.class)
                .hasMessageContaining("core.not-connected");
        assertThatThrownBy(() -> quarter.messages.send(eve, self(ana), self(bo), "Psitt"))
                .isInstanceOf(ForbiddenException.class)
                .hasMessageContaining("core.not-your-name");
    }

    @Test
    void aSideGetsOneLetterAnHourForEachThreadAndNoneOnceItHasReadEverything() {
        long thread = send(ana, bo, "Un").thread();
        send(ana, bo, "Deux");
        quarter.clock.advance(Duration.ofMinutes(59));
        send(ana, bo, "Trois");
        run();
        assertThat(quarter.letters).hasSize(1);

        quarter.clock.advance(Duration.ofMinutes(2));
        run();
        run();
        assertThat(quarter.letters).hasSize(2);
        assertThat(quarter.letters).allSatisfy(letter -> {
            assertThat(letter.to()).isEqualTo("m" + bo.memberId() + "@example.org");
            assertThat(letter.paragraphs()).noneMatch(text -> text.contains("Trois"));
        });

        send(ana, bo, "Quatre");
        read(bo, thread);
        quarter.clock.advance(Duration.ofHours(2));
        run();
        assertThat(quarter.letters).hasSize(2);
    }

    private void run() {
        quarter.messages.run(Mockito.mock(Job.class));
    }

    @Test
    void letterReferencesAreAllDifferent() {
        send(ana, bo, "Un");
        quarter.clock.advance(Duration.ofHours(2));
        send(ana, bo, "Deux");

        assertThat(quarter.letters)
                .extracting(letter -> letter.reference())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void manyFirstMessagesAtOnceMakeOneThreadAndOneLetter() {
        List<Long> threads = AtOnce.run(6, i -> send(ana, bo, "Message " + i).thread());

        assertThat(threads).containsOnly(threads.get(0));
        assertThat(read(bo, threads.get(0))).hasSize(6);
        // two letters went about the connection before
        assertThat(quarter.posted(database)).isEqualTo(3);
    }

    @Test
    void anybodyWritesToAnOrganisationAndThoseWhoActForItReadAndAnswerInItsName() {
        long id = organisation();
        Actor abri = Actor.organisation(id);
        Caller eve = quarter.member("Ève");

        long thread =
                quarter.messages.send(eve, self(eve), abri, "Avez-vous un lit?").thread();

        assertThat(quarter.messages.unread(ana)).isEqualTo(1);
        assertThat(quarter.letters).singleElement().satisfies(letter -> assertThat(letter.to())
                .isEqualTo("m" + ana.memberId() + "@example.org"));
        Conversation seen = quarter.messages.thread(ana, thread);
        assertThat(seen.own().actor()).isEqualTo(abri);
        quarter.messages.send(ana, abri, self(eve), "Oui.");
        assertThat(read(eve, thread)).first().satisfies(message -> {
            assertThat(message.from()).isEqualTo(abri);
            assertThat(message.author()).isEqualTo("Ana");
        });
        assertThatThrownBy(() -> quarter.messages.send(bo, abri, self(eve), "Non."))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> quarter.messages.thread(bo, thread)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void anOrganisationWritesFirstToNobody() {
        long id = organisation();

        assertThatThrownBy(() -> quarter.messages.send(ana, Actor.organisation(id), self(bo), "Achetez!"))
                .isInstanceOf(ForbiddenException.class);
    }

    @Test
    void whoIsBlockedWritesNothingNeitherThemselvesNorForAnOrganisation() {
        long id = organisation();
        Actor abri = Actor.organisation(id);
        quarter.messages.send(bo, self(bo), abri, "Bonjour");
        quarter.contacts.block(bo, abri);
        assertThatThrownBy(() -> quarter.messages.send(ana, abri, self(bo), "Bonjour"))
                .isInstanceOf(ForbiddenException.class)
                .hasMessageContaining("core.not-reachable");
        quarter.contacts.unblock(bo, abri);
        quarter.contacts.block(bo, self(ana));

        assertThatThrownBy(() -> send(ana, bo, "Bonjour")).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> quarter.messages.send(ana, abri, self(bo), "Bonjour"))
                .isInstanceOf(ForbiddenException.class);
    }

    @Test
    void whatCannotBeIsRefusedAndSoManyAreWrittenAnHour() {
        assertThatThrownBy(() -> send(ana, bo, " \n ")).isInstanceOf(InvalidException.class);
        assertThatThrownBy(() -> send(ana, bo, "m".repeat(MessageService.MAX_BODY + 1)))
                .isInstanceOf(InvalidException.class);
        assertThatThrownBy(() -> send(ana, ana, "Moi")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> quarter.messages.send(ana, self(ana), Actor.organisation(42), "Allo"))
                .isInstanceOf(NotFoundException.class);
        assertThat(quarter.messages.unread(Caller.visitor(Locale.FRENCH))).isZero();
        for (int i = 0; i < MessageService.MAX_AN_HOUR; i++) {
            send(ana, bo, "Message " + i);
        }
        assertThatThrownBy(() -> send(ana, bo, "De trop")).isInstanceOf(TooManyRequestsException.class);
    }

    @Test
    void aLongThreadIsReadAPieceAtATime() {
        long thread = 0;
        for (int i = 0; i < 5; i++) {
            thread = send(ana, bo, "Message " + i).thread();
        }
        var first = quarter.messages.messages(bo, thread, Paging.first(3));
        var rest = quarter.messages.messages(bo, thread, Paging.of("3", first.next(), 1));

        assertThat(first.items()).extracting(Message::body).containsExactly("Message 4", "Message 3", "Message 2");
        assertThat(rest.items()).extracting(Message::body).containsExactly("Message 1", "Message 0");
        assertThat(rest.next()).isNull();
    }
}
