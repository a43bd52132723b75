// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.inject.Inject;
import javax.ws.rs.GET;
import javax.ws.rs.core.Application;
import org.apache.karaf.features.FeaturesService;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Modules come and go while people use the rest. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HotDeploymentIT {

    private static final String IDEAS = "notreville-ideas";

    @Inject
    private FeaturesService features;

    @Inject
    private BundleContext context;

    private final Http http = new Http();

    @Configuration
    public Option[] container() throws Exception {
        return Distribution.onDerby();
    }

    @Before
    public void ready() throws Exception {
        http.awaitReady();
    }

    @Test
    public void theIdeasModuleComesAndGoesWithItsDataAndNobodyElseFails() throws Exception {
        comesAndGoes(EnumSet.noneOf(FeaturesService.Option.class));
    }

    @Test
    public void theSameWithoutAutomaticRefreshAsShipped() throws Exception {
        comesAndGoes(EnumSet.of(FeaturesService.Option.NoAutoRefreshBundles));
    }

    private void comesAndGoes(EnumSet<FeaturesService.Option> options) throws Exception {
        String token = http.member("camille" + options.size());
        String idea = Http.field(
                http.send(
                                "POST",
                                "/api/v1/ideas",
                                token,
                                "{\"title\":\"Une idée qui reste\",\"need\":\"Il manque une fontaine.\","
                                        + "\"proposal\":\"Installer une fontaine au parc.\"}")
                        .body(),
                "id");
        assertEquals(
                200,
                http.send("PUT", "/api/v1/ideas/" + idea + "/vote", token, "{\"choice\":\"for\"}")
                        .statusCode());
        try (Neighbours neighbours = new Neighbours(http)) {
            features.uninstallFeature(IDEAS, options);
            http.await("/ideas", 404);
            http.await("/api/v1/ideas", 404);
            assertFalse("the entry is gone", http.get("/").body().contains("href=\"/ideas\""));
            assertFalse(http.get("/api/v1/modules").body().contains("\"ideas\""));
            assertFalse(http.get("/api/v1/openapi.json").body().contains("/api/v1/ideas"));

            features.installFeature(IDEAS, options);
            http.await("/ideas", 200);
            http.await("/api/v1/ideas/" + idea, 200);
            http.awaitReady();
            assertTrue(http.get("/").body().contains("href=\"/ideas\""));
            assertTrue(http.get("/api/v1/ideas/" + idea).body().contains("\"for\":1"));

            assertEquals(List.of(), neighbours.failed());
            assertTrue("the neighbours were busy", neighbours.asked() > 100);
        }
        assertFalse("a rewiring was due", log().anyMatch(line -> line.contains("Should be wired to")));
    }

    @Test
    public void aModuleThatIsReplacedKeepsItsVisitorsWaitingAndAnswersThem() throws Exception {
        Bundle provider = Stream.of(context.getBundles())
                .filter(b -> b.getSymbolicName().equals("ca.notreville.ideas.provider"))
                .findFirst()
                .orElseThrow();
        try (Neighbours neighbours = new Neighbours(http)) {
            provider.stop(Bundle.STOP_TRANSIENT);
            Thread starter = new Thread(() -> {
                try {
                    provider.start();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            starter.start();
            assertEquals(200, http.get("/api/v1/ideas").statusCode());
            starter.join();
            http.awaitReady();
            assertEquals(List.of(), neighbours.failed());
        }
    }

    @Test
    public void anIntegratorsApplicationIsServedWhileItsServiceIsThere() throws Exception {
        ServiceRegistration<Application> registration = context.registerService(
                Application.class,
                new Application() {
                    @Override
                    public Set<Object> getSingletons() {
                        return Set.of(new Greeting());
                    }
                },
                null);

        http.await("/api/v1/greetings", 200);
        HttpResponse<String> answer = http.get("/api/v1/greetings");
        assertEquals("{\"text\":\"bonjour\"}", answer.body());

        registration.unregister();
        http.await("/api/v1/greetings", 404);
    }

    /** A resource of an integrator. */
    @javax.ws.rs.Path("/api/v1/greetings")
    @javax.ws.rs.Produces("application/json")
    public static class Greeting {
        @GET
        public Text greet() {
            return new Text("bonjour");
        }

        /** Its answer. */
        public record Text(String text) {}
    }

    private static Stream<String> log() throws Exception {
        return Files.readAllLines(Path.of(System.getProperty("karaf.log"), "notreville.log")).stream();
    }
}
