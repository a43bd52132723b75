// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** The same distribution on PostgreSQL, by configuration alone. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class PostgresqlIT {

    private final Http http = new Http();

    @Configuration
    public Option[] container() throws Exception {
        // ends with this process
        EmbeddedPostgres server = EmbeddedPostgres.start();
        return Distribution.onPostgresql(server.getJdbcUrl("postgres", "postgres"));
    }

    @Test
    public void itStartsMigratesAndServesOnPostgresql() throws Exception {
        http.awaitReady();
        assertTrue(http.get("/health/ready").body().contains("PostgreSQL"));
        assertEquals(200, http.get("/").statusCode());
        assertTrue(http.get("/api/v1/ideas?q=ecole").body().contains("\"id\""));

        String token = http.member("dominique");
        String idea = Http.field(
                http.send(
                                "POST",
                                "/api/v1/ideas",
                                token,
                                "{\"title\":\"Une idée durable\",\"need\":\"Il manque une fontaine.\","
                                        + "\"proposal\":\"Installer une fontaine au parc.\"}")
                        .body(),
                "id");
        http.send("PUT", "/api/v1/ideas/" + idea + "/vote", token, "{\"choice\":\"neutral\"}");
        assertTrue(http.get("/api/v1/ideas/" + idea).body().contains("\"neutral\":1"));

        assertEquals(
                0,
                Files.readAllLines(Path.of(System.getProperty("karaf.log"), "notreville.log")).stream()
                        .filter(line -> line.contains(" ERROR "))
                        .count());
    }
}
