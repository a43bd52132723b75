// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.contact.ContactService;
import ca.notreville.core.api.contact.ContactService.State;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.organisation.Actor;
import ca.notreville.core.api.organisation.NamedActor;
import ca.notreville.core.api.profile.ProfileDraft;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class ContactServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private Quarter quarter;
    private Caller ana;
    private Caller bo;

    @BeforeEach
    void start() {
        quarter = new Quarter(database);
        ana = quarter.member("Ana");
        bo = quarter.member("Bo");
    }

    private ContactService contacts() {
        return quarter.contacts;
    }

    @Test
    void aRequestWaitsIsToldAndConnectsOnceItIsAccepted() {
        assertThat(contacts().connect(ana, bo.memberId(), "On s’est vus au marché."))
                .isEqualTo(State.ASKED);
        assertThat(contacts().connect(ana, bo.memberId(), "Encore moi")).isEqualTo(State.ASKED);

        assertThat(contacts().state(bo, ana.memberId())).isEqualTo(State.WAITING);
        assertThat(contacts().requests(bo)).singleElement().satisfies(request -> {
            assertThat(request.displayName()).isEqualTo("Ana");
            assertThat(request.words()).isEqualTo("On s’est vus au marché.");
        });
        assertThat(quarter.letters).singleElement().satisfies(letter -> assertThat(letter.paragraphs())
                .contains("On s’est vus au marché."));

        contacts().answer(bo, ana.memberId(), true);

        assertThat(contacts().state(ana, bo.memberId())).isEqualTo(State.CONNECTED);
        assertThat(contacts().connections(ana)).extracting(NamedActor::name).containsExactly("Bo");
        assertThat(contacts().connections(bo)).extracting(NamedActor::name).containsExactly("Ana");
        assertThat(quarter.letters).hasSize(2);
        contacts().disconnect(bo, ana.memberId());
        assertThat(contacts().state(ana, bo.memberId())).isEqualTo(State.NONE);
    }

    @Test
    void twoWhoAskEachOtherAtOnceAreConnected() {
        AtOnce.run(2, i -> contacts().connect(i == 0 ? ana : bo, (i == 0 ? bo : ana).memberId(), ""));

        assertThat(contacts().state(ana, bo.memberId())).isEqualTo(State.CONNECTED);
        assertThat(contacts().state(bo, ana.memberId())).isEqualTo(State.CONNECTED);
    }

    @Test
    void whoWasDeclinedIsNotToldAndCannotAskAgainUnlessTheOtherDoes() {
        contacts().connect(ana, bo.memberId(), "");
        contacts().answer(bo, ana.memberId(), false);

        assertThat(contacts().state(ana, bo.memberId())).isEqualTo(State.ASKED);
        contacts().disconnect(ana, bo.memberId());
        assertThat(contacts().connect(ana, bo.memberId(), "")).isEqualTo(State.ASKED);
        assertThat(contacts().requests(bo)).isEmpty();
        assertThat(quarter.letters).hasSize(1);
        assertThatThrownBy(() -> contacts().answer(bo, ana.memberId(), true)).isInstanceOf(NotFoundException.class);

        assertThat(contacts().state(bo, ana.memberId())).isEqualTo(State.NONE);
        assertThat(contacts().connect(bo, ana.memberId(), "")).isEqualTo(State.ASKED);
        assertThat(contacts().state(ana, bo.memberId())).isEqualTo(State.WAITING);
    }

    @Test
    void whoBlockedHearsNothingMoreAndTheOtherIsNotTold() {
        contacts().connect(ana, bo.memberId(), "");
        contacts().answer(bo, ana.memberId(), true);
        contacts().block(bo, Actor.member(ana.memberId()));
        contacts().block(bo, Actor.member(ana.memberId()));

        assertThat(contacts().state(ana, bo.memberId())).isEqualTo(State.NONE);
        assertThat(contacts().state(bo, ana.memberId())).isEqualTo(State.BLOCKED);
        assertThatThrownBy(() -> contacts().connect(ana, bo.memberId(), ""))
                .isInstanceOf(ForbiddenException.class)
                .hasMessageContaining("core.not-reachable");
        assertThat(contacts().blocked(bo)).extracting(NamedActor::name).containsExactly("Ana");
        BlockFilter news = new BlockFilter(quarter.dataSource);
        assertThat(news.keptFrom(ana.memberId(), List.of(bo.memberId(), 42L))).containsExactly(bo.memberId());
        assertThat(news.keptFrom(bo.memberId(), List.of(ana.memberId()))).isEmpty();
        assertThat(news.keptFrom(ana.memberId(), List.of())).isEmpty();

        contacts().unblock(bo, Actor.member(ana.memberId()));
        assertThat(contacts().connect(ana, bo.memberId(), "")).isEqualTo(State.ASKED);
    }

    @Test
    void whoWantsNoRequestsGetsNone() {
        quarter.profiles.update(
                bo, new ProfileDraft("Bo", null, null, null, null, null, null, null, null, false, false), null);

        assertThatThrownBy(() -> contacts().connect(ana, bo.memberId(), "")).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void onePersonAsksSoManyADay() {
        for (int i = 0; i < ContactService.MAX_A_DAY; i++) {
            contacts().connect(ana, quarter.member("P" + i).memberId(), "");
        }

        assertThatThrownBy(() -> contacts().connect(ana, bo.memberId(), ""))
                .isInstanceOf(TooManyRequestsException.class);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> contacts().connect(ana, ana.memberId(), "")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> contacts().connect(ana, 42, "")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> contacts().connect(ana, bo.memberId(), "m".repeat(ContactService.MAX_WORDS + 1)))
                .isInstanceOf(InvalidException.class);
        assertThatThrownBy(() -> contacts().connect(Caller.visitor(Locale.FRENCH), bo.memberId(), ""))
                .isInstanceOf(UnauthenticatedException.class);
        assertThatThrownBy(() -> contacts().block(ana, Actor.organisation(42))).isInstanceOf(NotFoundException.class);
        assertThat(List.of(contacts().state(ana, ana.memberId()), contacts().state(Caller.visitor(Locale.FRENCH), 1)))
                .containsOnly(State.NONE);
    }
}
