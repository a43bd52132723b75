// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.territory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.module.ModuleRegistry;
import ca.notreville.core.api.module.ModuleStatus;
import ca.notreville.core.api.territory.GeoImport;
import ca.notreville.core.api.territory.GeoImport.Fate;
import ca.notreville.core.api.territory.GeoImport.Severity;
import ca.notreville.core.api.territory.GeoMapping;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.PlaceTexts;
import ca.notreville.core.api.territory.TerritoryAdmin;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

@OnDatabase
class TerritoryAdminImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final AtomicLong LAST_ID = new AtomicLong(1_000);
    private static final GeoMapping PLAIN = new GeoMapping(null, null, null, false);
    private static final GeoMapping REPLACE = new GeoMapping(null, null, null, true);
    private static final String SQUARE = "[[[0,0],[1,0],[1,1],[0,1],[0,0]]]";
    private static final String NEXT_SQUARE = "[[[1,0],[2,0],[2,1],[1,1],[1,0]]]";

    private final Caller staff = Caller.member(7, "Ana", Set.of(Role.STAFF), Locale.FRENCH);
    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final AuditLog audit = Mockito.mock(AuditLog.class);
    private final ModuleRegistry modules = Mockito.mock(ModuleRegistry.class);
    private TerritoryServiceImpl territory;
    private TerritoryAdminImpl admin;

    @BeforeEach
    void start() {
        for (String table : List.of(
                "core_geo_import", "core_comment", "core_member", "core_neighbourhood", "core_borough", "core_town")) {
            database.execute("delete from " + table);
        }
        territory = new TerritoryServiceImpl(database.jpa("core"));
        AccessControl access =
                (caller, action, where) -> action.equals(TerritoryAdmin.TERRITORY) && caller.has(Role.STAFF);
        admin = new TerritoryAdminImpl(
                database.dataSource(), LAST_ID::incrementAndGet, clock, access, territory, modules, audit);
    }

    @Test
    void aFileIsLookedAtBeforeItIsAppliedAndTheSameFileAgainChangesNothing() throws Exception {
        String file = collection(
                feature("{\"name\":\"Le Quai\",\"secteur\":\"Vieux-Bourg\"}", "Polygon", SQUARE),
                feature("{\"name\":\"Été\",\"secteur\":\"Vieux-Bourg\"}", "MultiPolygon", "[" + NEXT_SQUARE + "]"));
        GeoMapping mapping = new GeoMapping(null, "secteur", null, false);

        GeoImport made = prepare(file, mapping);
        assertThat(made.count(Fate.ADDED)).isEqualTo(2);
        assertThat(made.notices()).isEmpty();
        assertThat(territory.neighbourhoods()).isEmpty();

        GeoImport done = admin.apply(staff, made.id());
        assertThat(done.count(Fate.ADDED)).isEqualTo(2);
        assertThat(territory.neighbourhoods()).extracting(Neighbourhood::id).containsExactly("ete", "le-quai");
        assertThat(territory.boroughs()).extracting(b -> b.name()).containsExactly("Vieux-Bourg");
        assertThat(territory.at(0.5, 0.5)).get().extracting(Neighbourhood::id).isEqualTo("le-quai");
        Mockito.verify(audit).append(any(), eq(staff), eq("core.geo-import"), eq("territory"), any());

        GeoImport again = prepare(file, mapping);
        assertThat(again.count(Fate.UNCHANGED)).isEqualTo(2);
        assertThat(again.changes()).hasSize(2);
    }

    @Test
    void theSameAreaWrittenFromAnotherCornerAndTheOtherWayRoundIsTheSame() {
        apply(collection(feature("Le Quai", "Polygon", SQUARE)), PLAIN);

        GeoImport turned =
                prepare(collection(feature("Le Quai", "Polygon", "[[[1,1],[1,0],[0,0],[0,1],[1,1]]]")), PLAIN);

        assertThat(turned.count(Fate.UNCHANGED)).isEqualTo(1);
        assertThat(turned.notices()).extracting(n -> n.code()).containsExactly("core.geo-winding");
    }

    @Test
    void aHoleAndSeveralPartsAreKept() {
        apply(
                collection(
                        feature(
                                "Les Îles",
                                "MultiPolygon",
                                "[[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]]],[[[20,0],[21,0],[21,1],[20,0]]]]")),
                PLAIN);

        Neighbourhood islands = territory.neighbourhood("les-iles").orElseThrow();
        assertThat(islands.boundary()).hasSize(2);
        assertThat(islands.boundary().stream().mapToInt(p -> p.rings().size()).sum())
                .isEqualTo(3);
        assertThat(territory.at(1.5, 1.5)).isEmpty();
        assertThat(territory.at(20.9, 0.5)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Point|[0,0]|core.geo-no-area",
                "Polygon|[]|core.geo-coordinates",
                "MultiPolygon|[]|core.geo-no-area",
                "MultiPolygon|[[]]|core.geo-coordinates",
                "Polygon|[[[0,0],[1,0],[0,0]]]|core.geo-ring-short",
                "Polygon|[[[0,0],[1],[1,1],[0,0]]]|core.geo-coordinates",
                "Polygon|[[[0,0],[1,null],[1,1],[0,0]]]|core.geo-coordinates",
                "Polygon|[[[300000,5040000],[300100,5040000],[300100,5040100],[300000,5040000]]]|core.geo-out-of-range",
                "Polygon|[[[0,0],[1,0],[1,1e999],[0,0]]]|core.geo-out-of-range",
                "Polygon|[[[0,0],[2,2],[2,0],[0,2],[0,0]]]|core.geo-crossing",
                "Polygon|[[[0,0],[1,1],[2,2],[0,0]]]|core.geo-crossing",
            })
    void aFeatureThatCannotBeTakenIsNamedByItsIndexAndNothingIsApplied(String type, String coordinates, String code) {
        GeoImport made =
                prepare(collection(feature("Bon", "Polygon", SQUARE), feature("Mauvais", type, coordinates)), PLAIN);

        assertThat(made.refused()).isTrue();
        assertThat(made.notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.code()).isEqualTo(code))
                .satisfies(notice -> assertThat(notice.feature()).isEqualTo(1));
        assertThatThrownBy(() -> admin.apply(staff, made.id()))
                .isInstanceOf(ConflictException.class)
                .hasMessage("core.geo-refused");
        assertThat(database.number("select count(*) from core_neighbourhood")).isZero();
    }

    @Test
    void namesThatAreMissingTooLongOrTwiceAreRefused() {
        GeoImport made = prepare(
                collection(
                        feature("{\"nom\":\"Le Quai\"}", "Polygon", SQUARE),
                        feature("{\"name\":\"" + "é".repeat(121) + "\"}", "Polygon", SQUARE),
                        feature("{\"name\":\"***\"}", "Polygon", SQUARE),
                        feature("{\"name\":{\"fr\":\"Le Quai\"}}", "Polygon", SQUARE),
                        feature("Côté Sud", "Polygon", SQUARE),
                        feature("cote-sud", "Polygon", NEXT_SQUARE),
                        "{\"type\":\"Feature\"}",
                        "[1,2]"),
                PLAIN);

        assertThat(made.notices())
                .extracting(n -> n.feature() + " " + n.code())
                .containsExactly(
                        "0 core.geo-no-property",
                        "1 core.geo-name-long",
                        "2 core.geo-no-letters",
                        "3 core.geo-no-property",
                        "5 core.geo-twice",
                        "6 core.geo-no-property",
                        "7 core.geo-not-a-feature");
        assertThat(made.notices().get(0).arguments()).containsEntry("known", "nom");
    }

    @Test
    void aRingThatIsOpenAndALoopThatHardlyMattersAreMendedAndTold() {
        GeoImport made = prepare(
                collection(
                        feature("Ouvert", "Polygon", "[[[0,0],[1,0],[1,1],[0,1]]]"),
                        // at the corner the pen went once around nothing
                        feature(
                                "Boucle",
                                "Polygon",
                                "[[[5,0],[6,0],[6,1],[5.001,1],[4.999,1.001],[4.999,1],[5.001,1.001],[5,1],[5,0]]]")),
                PLAIN);

        assertThat(made.refused()).isFalse();
        assertThat(made.notices())
                .allSatisfy(n -> assertThat(n.severity()).isEqualTo(Severity.MENDED))
                .extracting(n -> n.code())
                .containsExactly("core.geo-open", "core.geo-crossing-mended");
        admin.apply(staff, made.id());
        assertThat(territory.at(5.5, 0.5)).get().extracting(Neighbourhood::id).isEqualTo("boucle");
    }

    @Test
    void neighbourhoodsThatOverlapAreToldAndThoseThatTouchAreNot() {
        GeoImport made = prepare(
                collection(
                        feature("Un", "Polygon", SQUARE),
                        feature("Deux", "Polygon", NEXT_SQUARE),
                        feature("Trois", "Polygon", "[[[1.5,0],[3,0],[3,1],[1.5,1],[1.5,0]]]")),
                PLAIN);

        assertThat(made.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.severity()).isEqualTo(Severity.NOTED);
            assertThat(notice.code()).isEqualTo("core.geo-overlap");
            assertThat(notice.feature()).isEqualTo(1);
            assertThat(notice.arguments()).containsEntry("other", 2).containsEntry("name", "Trois");
            assertThat(notice.arguments().get("percent")).hasToString("50");
        });
        admin.apply(staff, made.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|core.geo-not-a-collection",
                "not json|core.geo-not-json",
                "{\"type\":\"FeatureCollection\",\"features\":[{\"type\"|core.geo-not-json",
                "{\"type\":\"Feature\"}|core.geo-not-a-collection",
                "{\"type\":\"FeatureCollection\",\"features\":{}}|core.geo-not-a-collection",
                "{\"type\":\"FeatureCollection\",\"features\":[]}|core.geo-empty",
                "[]|core.geo-not-a-collection",
                "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::32188\"}},\"features\":[]}|core.geo-reference",
            })
    void aFileThatIsNoCollectionIsRefusedAsAWhole(String file, String code) {
        assertThatThrownBy(() -> prepare(file, PLAIN))
                .isInstanceOfSatisfying(InvalidException.class, e -> assertThat(e.errors())
                        .singleElement()
                        .satisfies(error -> assertThat(error.field()).isEqualTo("file"))
                        .satisfies(error -> assertThat(error.code()).isEqualTo(code)));
    }

    @Test
    void aFileThatIsTooDeepOrTooLongEndsInARefusal() {
        String deep = "{\"type\":\"FeatureCollection\",\"features\":" + "[".repeat(20_000);
        assertThatThrownBy(() -> prepare(deep, PLAIN)).isInstanceOf(InvalidException.class);

        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }
        };
        assertThatThrownBy(() -> admin.prepare(staff, endless, PLAIN))
                .isInstanceOfSatisfying(
                        InvalidException.class,
                        e -> assertThat(e.errors().get(0).code()).isEqualTo("core.geo-too-large"));
    }

    @Test
    void aNameThatStaffMendedStaysUntilTheFileHasAnotherOne() {
        apply(collection(feature("Cote-des-Neiges", "Polygon", SQUARE)), PLAIN);
        admin.describe(staff, "cote-des-neiges", new PlaceTexts("Côte-des-Neiges", "Un beau coin.", "A nice place."));

        GeoImport same = prepare(collection(feature("Cote-des-Neiges", "Polygon", SQUARE)), PLAIN);
        assertThat(same.count(Fate.UNCHANGED)).isEqualTo(1);
        apply(collection(feature("Cote-des-Neiges", "Polygon", NEXT_SQUARE)), PLAIN);
        assertThat(territory.neighbourhood("cote-des-neiges").orElseThrow().name())
                .isEqualTo("Côte-des-Neiges");

        apply(collection(feature("Cote des Neiges", "Polygon", NEXT_SQUARE)), PLAIN);
        Neighbourhood renamed = territory.neighbourhood("cote-des-neiges").orElseThrow();
        assertThat(renamed.name()).isEqualTo("Cote des Neiges");
        assertThat(renamed.description(Locale.ENGLISH)).isEqualTo("A nice place.");
    }

    @Test
    void withAnIdentifierANeighbourhoodCanChangeItsName() {
        GeoMapping byCode = new GeoMapping("nom", null, "code", false);
        apply(collection(feature("{\"nom\":\"Vieux nom\",\"code\":12}", "Polygon", SQUARE)), byCode);
        long number = territory.neighbourhood("12").orElseThrow().number();

        apply(collection(feature("{\"nom\":\"Nouveau nom\",\"code\":12}", "Polygon", SQUARE)), byCode);

        assertThat(territory.neighbourhoods()).singleElement().satisfies(place -> {
            assertThat(place.name()).isEqualTo("Nouveau nom");
            assertThat(place.number()).isEqualTo(number);
        });
    }

    @Test
    void whatTheFileDoesNotHaveGoesOnlyIfThatIsWantedAndNothingIsPinnedToIt() {
        apply(
                collection(
                        feature("Vide", "Polygon", SQUARE),
                        feature("Habité", "Polygon", NEXT_SQUARE),
                        feature("Commenté", "Polygon", "[[[3,0],[4,0],[4,1],[3,0]]]"),
                        feature("Utilisé", "Polygon", "[[[5,0],[6,0],[6,1],[5,0]]]")),
                PLAIN);
        database.execute(
                "insert into core_member (id, version, email, display_name, profile, neighbourhood_id, language,"
                        + " created_at) values (1, 1, 'a@example.org', 'A', 'citizen', 'habite', 'fr', current_timestamp)");
        database.execute("insert into core_comment (id, kind, initiative_id, thread_id, author_name, body, created_at)"
                + " select 5, 'neighbourhood', number, 5, 'A', 'Bonjour', current_timestamp from core_neighbourhood"
                + " where id = 'commente'");
        admin.uses.add(places -> Set.of("utilise"));
        String other = collection(feature("Nouveau", "Polygon", "[[[7,0],[8,0],[8,1],[7,0]]]"));

        assertThat(prepare(other, PLAIN).count(Fate.KEPT)).isEqualTo(4);
        GeoImport done = apply(other, REPLACE);

        assertThat(done.count(Fate.REMOVED)).isEqualTo(1);
        assertThat(done.count(Fate.KEPT)).isEqualTo(3);
        assertThat(territory.neighbourhoods())
                .extracting(Neighbourhood::id)
                .containsExactlyInAnyOrder("commente", "habite", "nouveau", "utilise");
        assertThat(territory.neighbourhood("habite").orElseThrow().boundary()).isEmpty();
        assertThat(territory.at(1.5, 0.5)).isEmpty();
    }

    @Test
    void whileAModuleIsAwayThatCannotBeAskedNothingIsRemoved() {
        apply(collection(feature("Vide", "Polygon", SQUARE)), PLAIN);
        Mockito.when(modules.modules()).thenReturn(List.of(new ModuleStatus("ideas", "1", ModuleStatus.State.STOPPED)));

        GeoImport done = apply(collection(feature("Nouveau", "Polygon", NEXT_SQUARE)), REPLACE);

        assertThat(done.count(Fate.KEPT)).isEqualTo(1);
        assertThat(territory.neighbourhood("vide")).isPresent();
    }

    @Test
    void ofManyWhoApplyTheSameImportOneDoes() throws Exception {
        GeoImport made = prepare(collection(feature("Le Quai", "Polygon", SQUARE)), PLAIN);

        List<Object> outcomes = AtOnce.run(8, i -> {
            try {
                return admin.apply(staff, made.id());
            } catch (ConflictException e) {
                return e.code();
            }
        });

        assertThat(outcomes).filteredOn(o -> o instanceof GeoImport).hasSize(1);
        assertThat(outcomes).filteredOn(o -> o.equals("core.geo-applied")).hasSize(7);
        assertThat(database.number("select count(*) from core_neighbourhood")).isEqualTo(1);
    }

    @Test
    void ofManyImportsOfTheSameFileEachEndsWellAndThereIsOneNeighbourhood() throws Exception {
        String file = collection(feature("Le Quai", "Polygon", SQUARE));
        List<Long> made = java.util.stream.IntStream.range(0, 6)
                .mapToObj(i -> prepare(file, PLAIN).id())
                .toList();

        AtOnce.run(6, i -> admin.apply(staff, made.get(i)));

        assertThat(database.number("select count(*) from core_neighbourhood")).isEqualTo(1);
        assertThat(database.number("select count(*) from core_borough")).isEqualTo(1);
    }

    @Test
    void whatWasReadIsForgottenADayLater() {
        GeoImport made = prepare(collection(feature("Le Quai", "Polygon", SQUARE)), PLAIN);
        clock.advance(TerritoryAdminImpl.WAITING.plus(Duration.ofMinutes(1)));
        prepare(collection(feature("Le Parc", "Polygon", SQUARE)), PLAIN);

        assertThatThrownBy(() -> admin.apply(staff, made.id())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void whoMayNotIsRefused() {
        Caller member = Caller.member(8, "Bea", Set.of(), Locale.FRENCH);
        String file = collection(feature("Le Quai", "Polygon", SQUARE));
        apply(file, PLAIN);
        long id = prepare(file, PLAIN).id();

        assertThatThrownBy(() -> admin.prepare(member, bytes(file), PLAIN)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> admin.get(member, id)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> admin.apply(Caller.visitor(Locale.FRENCH), id))
                .isInstanceOf(UnauthenticatedException.class);
        assertThatThrownBy(() -> admin.describe(member, "le-quai", new PlaceTexts("X", "", "")))
                .isInstanceOf(ForbiddenException.class);
    }

    @Test
    void aDescriptionThatIsTooLongAndANameThatIsMissingAreToldTogether() {
        apply(collection(feature("Le Quai", "Polygon", SQUARE)), PLAIN);

        assertThatThrownBy(() ->
                        admin.describe(staff, "le-quai", new PlaceTexts(" ", "é".repeat(1_001), "x".repeat(1_000))))
                .isInstanceOfSatisfying(InvalidException.class, e -> assertThat(e.errors())
                        .extracting(error -> error.field() + " " + error.code())
                        .containsExactly("name required", "descriptionFr too-long"));
        admin.describe(staff, "le-quai", new PlaceTexts("Quai 🌊", "🌊".repeat(1_000), ""));
        assertThat(territory.neighbourhood("le-quai").orElseThrow().name()).isEqualTo("Quai 🌊");
    }

    @Test
    void theBoroughsOfMontrealAreTakenAndThePlaceOfItsTownHallIsInVilleMarie() throws IOException {
        Path file = Path.of("../../../../shared/data/geo/montreal.geojson");
        assumeThat(file).exists();
        GeoImport made;
        try (InputStream in = Files.newInputStream(file)) {
            made = admin.prepare(staff, in, new GeoMapping("name", "name", null, false));
        }

        assertThat(made.refused()).as("%s", made.notices()).isFalse();
        admin.apply(staff, made.id());

        assertThat(territory.neighbourhoods()).hasSize(19);
        assertThat(territory.boroughs()).hasSize(19);
        assertThat(territory.at(-73.5540, 45.5088))
                .get()
                .extracting(Neighbourhood::id)
                .isEqualTo("ville-marie");
        try (InputStream in = Files.newInputStream(file)) {
            assertThat(admin.prepare(staff, in, new GeoMapping("name", "name", null, false))
                            .count(Fate.UNCHANGED))
                    .isEqualTo(19);
        }
    }

    private GeoImport prepare(String file, GeoMapping mapping) {
        return admin.prepare(staff, bytes(file), mapping);
    }

    private GeoImport apply(String file, GeoMapping mapping) {
        return admin.apply(staff, prepare(file, mapping).id());
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String collection(String... features) {
        return "{\"type\":\"FeatureCollection\",\"name\":\"x\",\"features\":[" + String.join(",", features) + "]}";
    }

    /** @param nameOrProperties properties as JSON, or the name alone */
    private static String feature(String nameOrProperties, String type, String coordinates) {
        String properties =
                nameOrProperties.startsWith("{") ? nameOrProperties : "{\"name\":\"" + nameOrProperties + "\"}";
        return "{\"type\":\"Feature\",\"properties\":" + properties + ",\"geometry\":{\"type\":\"" + type
                + "\",\"coordinates\":" + coordinates + "}}";
    }
}
