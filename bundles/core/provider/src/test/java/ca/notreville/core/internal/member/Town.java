// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.SignUp;
import ca.notreville.core.internal.territory.TerritoryServiceImpl;
import ca.notreville.persistence.api.Ids;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.aries.jpa.template.JpaTemplate;

/** The services for members on a real database, with passwords that cost next to nothing. */
final class Town {

    static final Caller VISITOR = Caller.visitor(Locale.ENGLISH);

    private static final AtomicLong LAST_ID = new AtomicLong(1_000);

    final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    final Ids ids = LAST_ID::incrementAndGet;
    final PasswordHasher passwords = new PasswordHasher(64, 1);
    final JpaTemplate jpa;
    final TerritoryServiceImpl territory;
    final MemberServiceImpl members;
    final SignInLimit limit;
    final SessionServiceImpl sessions;

    Town(TestDatabase database) {
        jpa = database.jpa("core");
        territory = new TerritoryServiceImpl(jpa);
        members = new MemberServiceImpl(jpa, ids, clock, territory, passwords);
        limit = new SignInLimit(database.dataSource(), clock);
        sessions = node();
    }

    /** The session service of one more node. */
    SessionServiceImpl node() {
        return new SessionServiceImpl(jpa, clock, limit, passwords);
    }

    static SignUp signUp(String email) {
        return new SignUp(email, "une phrase à moi", "Ana Tremblay", null, null, null);
    }

    /** Somebody with an account of their own. */
    Member somebody() {
        return members.signUp(VISITOR, signUp("m" + ids.next() + "@example.org"));
    }
}
