// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.member.Profile;
import ca.notreville.core.api.profile.KindService.KindRequest;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class KindServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final String REASON = "Trois ans de cafés-rencontres au quartier.";

    private Quarter quarter;

    @BeforeEach
    void start() {
        quarter = new Quarter(database);
        database.execute("delete from core_kind_request");
    }

    @Test
    void approvalGrantsTheRoleWhereItWasAskedForTellsTheMemberAndStandsInTheAuditLog() throws Exception {
        Caller ana = quarter.member("Ana");
        Caller staff = quarter.staff();
        KindRequest asked = quarter.kinds.ask(ana, "leader", REASON, "quai");

        quarter.kinds.decide(staff, asked.id(), true, "Bienvenue!");

        assertThat(quarter.roles.of(ana.memberId()))
                .containsExactly(new Grant(Role.LEADER, Grant.Limit.NEIGHBOURHOOD, "quai"));
        assertThat(quarter.profiles.show(staff, ana.memberId()).kind()).isEqualTo(Profile.LEADER);
        assertThat(quarter.letters).singleElement().satisfies(letter -> {
            assertThat(letter.to()).isEqualTo("m" + ana.memberId() + "@example.org");
            assertThat(letter.subject()).contains("kind-approved");
            assertThat(letter.paragraphs()).contains("Bienvenue!");
        });
        Mockito.verify(quarter.audit)
                .append(
                        Mockito.any(),
                        Mockito.eq(staff),
                        Mockito.eq(KindServiceImpl.DECIDE),
                        Mockito.eq("member:" + ana.memberId()),
                        Mockito.any());
        Mockito.verify(quarter.audit)
                .append(
                        Mockito.any(),
                        Mockito.eq(staff),
                        Mockito.eq("core.role-grant"),
                        Mockito.eq("member:" + ana.memberId()),
                        Mockito.any());
    }

    @Test
    void aRefusalNeedsAnAnswerAndGrantsNothing() {
        Caller ana = quarter.member("Ana");
        KindRequest asked = quarter.kinds.ask(ana, "expert", REASON, null);

        assertThatThrownBy(() -> quarter.kinds.decide(quarter.staff(), asked.id(), false, " "))
                .isInstanceOf(InvalidException.class);
        quarter.kinds.decide(quarter.staff(), asked.id(), false, "Pas cette année.");

        assertThat(quarter.roles.of(ana.memberId())).isEmpty();
        assertThat(quarter.kinds.own(ana)).singleElement().satisfies(own -> {
            assertThat(own.state()).isEqualTo("refused");
            assertThat(own.answer()).isEqualTo("Pas cette année.");
        });
    }

    @Test
    void ofTwoWhoDecideAtOnceOneDoes() {
        Caller ana = quarter.member("Ana");
        KindRequest asked = quarter.kinds.ask(ana, "partner", REASON, null);
        Caller one = quarter.staff();
        Caller other = quarter.staff();

        List<Boolean> decided = AtOnce.run(2, i -> {
            try {
                quarter.kinds.decide(i == 0 ? one : other, asked.id(), i == 0, "Voilà.");
                return true;
            } catch (ConflictException e) {
                return false;
            }
        });

        assertThat(decided).containsExactlyInAnyOrder(true, false);
        assertThat(quarter.posted(database)).isEqualTo(1);
        assertThat(quarter.roles.of(ana.memberId())).hasSize(decided.get(0) ? 1 : 0);
    }

    @Test
    void theSameRequestWaitsOnceHoweverOftenItIsMadeAtOnceAndCanBeMadeAgainAfterwards() {
        Caller ana = quarter.member("Ana");
        List<Boolean> asked = AtOnce.run(4, i -> {
            try {
                quarter.kinds.ask(ana, "expert", REASON, null);
                return true;
            } catch (ConflictException e) {
                assertThat(e.code()).isEqualTo("core.kind-asked");
                return false;
            }
        });
        assertThat(asked).containsOnlyOnce(true);
        long id = quarter.kinds.own(ana).get(0).id();

        assertThatThrownBy(() -> quarter.kinds.withdraw(quarter.member("Bo"), id))
                .isInstanceOf(NotFoundException.class);
        quarter.kinds.withdraw(ana, id);
        quarter.kinds.ask(ana, "expert", REASON, null);

        assertThat(quarter.kinds.own(ana)).extracting(KindRequest::state).containsExactly("waiting", "withdrawn");
        assertThatThrownBy(() -> quarter.kinds.decide(quarter.staff(), id, true, ""))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void staffOfOneNeighbourhoodSeeAndDecideItsRequestsAlone() {
        Caller ana = quarter.member("Ana");
        KindRequest here = quarter.kinds.ask(ana, "leader", REASON, "quai");
        KindRequest everywhere = quarter.kinds.ask(ana, "leader", REASON, null);
        Caller local = quarter.staffOf("quai");

        assertThat(quarter.kinds.waiting(local, Paging.first(20)).items())
                .extracting(KindRequest::id)
                .containsExactly(here.id());
        assertThat(quarter.kinds.waiting(quarter.staff(), Paging.first(20)).items())
                .extracting(KindRequest::id)
                .containsExactly(here.id(), everywhere.id());
        assertThatThrownBy(() -> quarter.kinds.decide(local, everywhere.id(), true, ""))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> quarter.kinds.waiting(ana, Paging.first(20))).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> quarter.kinds.decide(ana, here.id(), true, "")).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void nobodyDecidesAboutThemselves() {
        Caller staff = quarter.staff();
        KindRequest asked = quarter.kinds.ask(staff, "expert", REASON, null);

        assertThatThrownBy(() -> quarter.kinds.decide(staff, asked.id(), true, ""))
                .isInstanceOf(ForbiddenException.class)
                .hasMessageContaining("core.kind-own");
    }
}
