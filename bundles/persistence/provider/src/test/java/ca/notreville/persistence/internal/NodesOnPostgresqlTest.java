// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several nodes that share one database, which an embedded Derby does not allow. */
@OnDatabase
@EnabledIfSystemProperty(named = "notreville.test.database", matches = "postgresql")
class NodesOnPostgresqlTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.empty();

    @Test
    @Timeout(60)
    void nodesThatStartAtOnceOnAnEmptyDatabaseMakeTheTablesOnce() {
        List<String> failures = AtOnce.run(4, node -> {
            try (Connection connection = database.dataSource().getConnection()) {
                new Node()
                        .loadClass(ChangelogRunner.class.getName())
                        .getMethod("run", Connection.class, String.class, ClassLoader.class)
                        .invoke(
                                null,
                                connection,
                                "db/persistence/changelog.xml",
                                getClass().getClassLoader());
                return "";
            } catch (Exception e) {
                return String.valueOf(e.getCause());
            }
        });

        assertThat(failures).containsOnly("");
        assertThat(database.number("select count(*) from databasechangelog")).isEqualTo(1);
    }

    /** The classes of a node of its own: Liquibase keeps state, and this bundle a lock, in static fields. */
    private static final class Node extends ClassLoader {

        Node() {
            super(Node.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("liquibase.") && !name.startsWith("ca.notreville.persistence.internal.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
