// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.executor.ExecutorService;
import liquibase.lockservice.DatabaseChangeLogLock;
import liquibase.lockservice.LockService;
import liquibase.lockservice.LockServiceFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one changelog with Liquibase. One at a time in this process: Liquibase keeps its state in singletons. */
public final class ChangelogRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ChangelogRunner.class);

    /**
     * Number of PostgreSQL's advisory lock around a migration. Liquibase's own lock is a row, whose table two nodes that start
     * on an empty database make at once, one of them in vain, and which a node that is killed leaves behind for ever.
     * This one ends with the connection.
     */
    private static final long LOCK = 0x6e6f747265L;

    private ChangelogRunner() {}

    /**
     * @param connection handed back open, in auto-commit mode
     * @param path of the changelog, unique among all modules since Liquibase records it
     * @param resources where the changelog and what it includes are found
     */
    public static synchronized void run(Connection connection, String path, ClassLoader resources) throws Exception {
        boolean locked = lock(connection, "pg_advisory_lock");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Liquibase.class.getClassLoader());
        try {
            forgetEarlierDatabase();
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            releaseLockOfTheDead(database);
            // The Database is not closed: for Derby that would shut the whole engine down.
            Liquibase liquibase = new Liquibase(path, new ClassLoaderResourceAccessor(resources), database);
            liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
            Scope.child(
                    Scope.Attr.ui,
                    new LoggerUIService(),
                    () -> liquibase.update(new Contexts(), new LabelExpression()));
        } finally {
            thread.setContextClassLoader(before);
            connection.setAutoCommit(true);
            if (locked) {
                lock(connection, "pg_advisory_unlock");
            }
        }
    }

    /** @return whether this database has such locks; an embedded Derby belongs to this process alone and needs none */
    private static boolean lock(Connection connection, String function) throws SQLException {
        if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            return false;
        }
        try (Statement statement = connection.createStatement()) {
            return statement.execute("select " + function + "(" + LOCK + ")");
        }
    }

    private static void forgetEarlierDatabase() {
        Scope scope = Scope.getCurrentScope();
        scope.getSingleton(ChangeLogHistoryServiceFactory.class).resetAll();
        LockServiceFactory.getInstance().resetAll();
        scope.getSingleton(ExecutorService.class).reset();
    }

    private static void releaseLockOfTheDead(Database database) throws LiquibaseException {
        LockService locks = LockServiceFactory.getInstance().getLockService(database);
        for (DatabaseChangeLogLock lock : locks.listLocks()) {
            // No living node is here but this one, which holds no lock of Liquibase's yet.
            LOG.warn(
                    "Releasing the migration lock that {} left behind at {}",
                    lock.getLockedBy(),
                    lock.getLockGranted());
            locks.forceReleaseLock();
        }
    }
}
