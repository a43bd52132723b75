// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.core.DerbyDatabase;
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

    /** No migration takes longer; a lock older than this was left by a node that was killed. */
    private static final Duration LOCK_EXPIRES = Duration.ofMinutes(15);

    private ChangelogRunner() {}

    /**
     * @param connection handed back open, in auto-commit mode
     * @param path of the changelog, unique among all modules since Liquibase records it
     * @param resources where the changelog and what it includes are found
     */
    public static synchronized void run(Connection connection, String path, ClassLoader resources) throws Exception {
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
            Instant expiry = lock.getLockGranted().toInstant().plus(LOCK_EXPIRES);
            // An embedded Derby belongs to this process alone, which holds no lock yet.
            if (database instanceof DerbyDatabase || expiry.isBefore(Instant.now())) {
                LOG.warn(
                        "Releasing the migration lock that {} left behind at {}",
                        lock.getLockedBy(),
                        lock.getLockGranted());
                locks.forceReleaseLock();
            }
        }
    }
}
