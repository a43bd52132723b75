// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import ca.notreville.testing.TestFramework;
import java.nio.file.Path;
import java.sql.SQLException;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.apache.derby.jdbc.EmbeddedDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.jdbc.DataSourceFactory;

@OnDatabase
class DerbyShutdownTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.empty();

    private Path folder;

    @BeforeEach
    void folder(@TempDir Path temporary) {
        folder = temporary;
    }

    private final TestFramework framework = new TestFramework();
    private final DataSourceFactory derby = mock(DataSourceFactory.class);

    @Test
    void anEmbeddedDatabaseIsClosedWhenThePlatformStops() throws SQLException {
        DerbyShutdown shutdown = new DerbyShutdown(framework.context(), embedded(), derby());
        assertThat(folder.resolve("db/db.lck")).exists();

        framework.shutDown();
        shutdown.stop();

        assertThat(folder.resolve("db/db.lck")).doesNotExist();
    }

    @Test
    void itStaysOpenWhenOnlyThisBundleIsReplaced() throws SQLException {
        DerbyShutdown shutdown = new DerbyShutdown(framework.context(), embedded(), derby());

        shutdown.stop();

        assertThat(folder.resolve("db/db.lck")).exists();
        framework.shutDown();
        shutdown.stop();
    }

    @Test
    void aDatabaseInMemoryOrElsewhereIsNotClosed() throws SQLException {
        DerbyShutdown shutdown = new DerbyShutdown(framework.context(), database.dataSource(), derby());

        framework.shutDown();
        shutdown.stop();

        verify(derby, never()).createDriver(any());
        assertThat(database.dataSource().getConnection().isValid(2)).isTrue();
    }

    private EmbeddedDataSource embedded() {
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(folder.resolve("db").toString());
        source.setCreateDatabase("create");
        return source;
    }

    private DataSourceFactory derby() throws SQLException {
        when(derby.createDriver(any())).thenReturn(new EmbeddedDriver());
        return derby;
    }
}
