// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code notreville prepare}, which an operator runs once after an installation, and {@code ./run} after a build. */
class PreparationIT {

    private static final String FRONT = "ca.notreville.web.internal.front.Front";

    @Test
    void aStartTakesItsClassesFromWhatWasPrepared() throws IOException, InterruptedException {
        Path classes = Files.createTempFile(Files.createDirectories(Platform.target()), "classes", ".log");

        Platform.prepare();

        // share:on ends the process where the archive is not fit to be used
        try (Platform platform = Platform.empty(
                "-Xmx512m -XX:+UseSerialGC -Xshare:on -Xlog:class+load:file=" + classes.toAbsolutePath())) {
            platform.await("/ideas", 200);
            assertThat(Files.readAllLines(classes))
                    .filteredOn(line -> line.contains(FRONT + " "))
                    .singleElement()
                    .asString()
                    .contains("shared objects file");
        }
        Files.delete(classes);
    }
}
