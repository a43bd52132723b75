// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class DatabaseHealthTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.empty();

    @Test
    void aDatabaseThatAnswersIsHealthyAndNamed() {
        var result = new DatabaseHealth(database.dataSource()).check();

        assertThat(result.healthy()).isTrue();
        assertThat(result.detail()).matches("Apache Derby|PostgreSQL");
    }

    @Test
    void aDatabaseThatIsAwayIsToldWithoutItsAddressOrUser() throws SQLException {
        DataSource away = mock(DataSource.class);
        when(away.getConnection()).thenThrow(new SQLTransientConnectionException("no route to db.example.org for nv"));

        var result = new DatabaseHealth(away).check();

        assertThat(result.healthy()).isFalse();
        assertThat(result.detail()).isEqualTo("SQLTransientConnectionException");
    }
}
