// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.shell;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.territory.GeoImport;
import ca.notreville.core.api.territory.GeoImport.Fate;
import ca.notreville.core.api.territory.GeoMapping;
import ca.notreville.core.api.territory.TerritoryAdmin;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.NullUnmarked;

/** {@code notreville:import-geo [--check] [--name-property P] [--borough-property P] [--id-property P] [--replace] FILE} */
@Service
@Command(
        scope = "notreville",
        name = "import-geo",
        description = "Imports boroughs and neighbourhoods from GeoJSON (RFC 7946)")
@NullUnmarked // the shell sets the fields
public final class ImportGeoCommand implements Action {

    @Argument(name = "file", description = "FeatureCollection, on this machine", required = true)
    String file;

    @Option(name = "--name-property", description = "Property with the name; name unless told")
    String name;

    @Option(name = "--borough-property", description = "Property with the borough's name")
    String borough;

    @Option(name = "--id-property", description = "Property that tells a neighbourhood apart; its name unless told")
    String id;

    @Option(name = "--replace", description = "Neighbourhoods that the file does not have go, unless they are in use")
    boolean replace;

    @Option(name = "--check", description = "Only say what would change")
    boolean check;

    @Reference
    TerritoryAdmin territory;

    private final Caller operator = Caller.operator();

    @Override
    public Object execute() throws Exception {
        GeoImport made;
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            made = territory.prepare(operator, in, new GeoMapping(name, borough, id, replace));
        } catch (InvalidException e) {
            e.errors()
                    .forEach(error ->
                            Out.line("refused: " + error.field() + " " + error.code() + " " + error.arguments()));
            return null;
        }
        made.notices()
                .forEach(n -> Out.line(n.severity().word() + ": feature " + n.feature() + " "
                        + (n.name().isEmpty() ? "" : n.name() + " ") + n.code() + " " + n.arguments()));
        if (made.refused()) {
            Out.line("refused: nothing was changed");
            return null;
        }
        GeoImport done = check ? made : territory.apply(operator, made.id());
        Out.line((check ? "would be: " : "applied: ")
                + Arrays.stream(Fate.values())
                        .map(fate -> done.count(fate) + " " + fate.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
        return null;
    }
}
