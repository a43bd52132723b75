// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.testing;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Does something once just before a certain statement is prepared, to bring about the one unlucky moment that a race would
 * find once in a thousand; and tells which statements were prepared.
 */
public final class HookedDataSource implements DataSource {

    /** What is done at the unlucky moment. */
    @FunctionalInterface
    public interface Hook {
        void run() throws Exception;
    }

    private final DataSource real;
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private volatile String before = "";
    private volatile @Nullable Hook hook;

    public HookedDataSource(DataSource real) {
        this.real = real;
    }

    /** @param sqlPart of the statement; the hook may use the database itself */
    public void before(String sqlPart, Hook what) {
        before = sqlPart;
        hook = what;
    }

    /** The statements so far, in order. */
    public List<String> statements() {
        return statements;
    }

    private void prepared(String sql) throws Exception {
        statements.add(sql);
        Hook now = hook;
        if (now != null && sql.contains(before)) {
            hook = null;
            now.run();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = real.getConnection();
        return (Connection) Proxy.newProxyInstance(
                HookedDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        prepared((String) arguments[0]);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter writer) throws SQLException {
        real.setLogWriter(writer);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        real.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return real.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
