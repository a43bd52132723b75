// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class ViolationsTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.empty();

    @BeforeAll
    static void tables() throws SQLException {
        database.execute("create table tree (id bigint not null primary key, kind varchar(20))");
        database.execute("create table leaf (id bigint not null primary key, tree_id bigint not null references tree)");
        database.execute("insert into tree values (1, 'oak')");
        database.execute("insert into tree values (2, 'elm')");
        try (Connection connection = database.dataSource().getConnection()) {
            if (connection.getMetaData().getDatabaseProductName().contains("Derby")) {
                database.execute("call syscs_util.syscs_set_database_property('derby.locks.deadlockTimeout', '1')");
            }
        }
    }

    @Test
    void aKeyThatIsTakenIsAUniqueViolationHoweverItIsWrapped() {
        Throwable failure = refused("insert into tree values (1, 'ash')");

        assertThat(Violations.isUnique(failure)).isTrue();
        assertThat(Violations.isUnique(new IllegalStateException(new RuntimeException(failure))))
                .isTrue();
        assertThat(Violations.isForeignKey(failure)).isFalse();
        assertThat(Violations.isRollback(failure)).isFalse();
    }

    @Test
    void aKeyThatIsTakenIsAUniqueViolationInABatchToo() {
        Throwable failure = catchThrowable(() -> {
            try (Connection connection = database.dataSource().getConnection();
                    PreparedStatement insert = connection.prepareStatement("insert into tree values (?, 'ash')")) {
                for (int id : new int[] {100, 1}) {
                    insert.setLong(1, id);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });

        assertThat(Violations.isUnique(failure)).isTrue();
    }

    @Test
    void aRowWithoutItsParentIsAForeignKeyViolation() {
        Throwable failure = refused("insert into leaf values (1, 42)");

        assertThat(Violations.isForeignKey(failure)).isTrue();
        assertThat(Violations.isUnique(failure)).isFalse();
    }

    @Test
    void theLoserOfADeadlockMayTryAgain() {
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);

        List<@Nullable Throwable> failures =
                AtOnce.run(2, thread -> catchThrowable(() -> lockBoth(thread + 1, 2 - thread, bothHoldOne)));

        assertThat(failures.stream().filter(Objects::nonNull))
                .singleElement()
                .satisfies(failure -> assertThat(Violations.isRollback(failure)).isTrue());
    }

    private static void lockBoth(int first, int second, CyclicBarrier bothHoldOne)
            throws SQLException, InterruptedException, BrokenBarrierException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                statement.execute("update tree set kind = 'fir' where id = " + first);
                bothHoldOne.await();
                statement.execute("update tree set kind = 'fir' where id = " + second);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    @Test
    void whatIsNoViolationIsNone() {
        Throwable failure = refused("select nothing from nowhere");

        assertThat(Violations.isUnique(failure)).isFalse();
        assertThat(Violations.isForeignKey(failure)).isFalse();
        assertThat(Violations.isRollback(failure)).isFalse();
        assertThat(Violations.isUnique(new IllegalStateException())).isFalse();
    }

    private static Throwable refused(String sql) {
        return Objects.requireNonNull(catchThrowable(() -> database.execute(sql)));
    }
}
