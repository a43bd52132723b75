// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.testing.TestFramework;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class AssetsTest {

    private final TestFramework framework = new TestFramework();
    private final Assets assets = new Assets(framework.context());

    @Test
    void theAddressOfAnAssetChangesWithItsContent(@TempDir Path folder) throws IOException {
        file(folder, "app.css", "a{}");
        Bundle bundle = framework.start("ideas", folder);
        String first = assets.address("ideas/app.css");
        assertThat(first).matches("/assets/ideas/app\\.[0-9a-f]{12}\\.css");

        framework.stop(bundle);
        assertThat(assets.find(first)).isNull();
        file(folder, "app.css", "b{}");
        framework.start("ideas", folder);

        assertThat(assets.address("ideas/app.css")).isNotEqualTo(first);
        assertThat(asset("ideas/app.css").etag()).isNotBlank();
    }

    @Test
    void aStyleSheetNamesItsPicturesByTheirAddresses(@TempDir Path folder) throws IOException {
        file(folder, "a.css", "a{background:url(\"map.svg\")}");
        file(folder, "map.svg", "<svg/>");
        framework.start("ideas", folder);

        assertThat(new String(asset("ideas/a.css").content(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("a{background:url(\"" + assets.address("ideas/map.svg") + "\")}");
        assertThat(asset("ideas/map.svg").type()).isEqualTo("image/svg+xml");
    }

    @Test
    void onlyWhatGetsSmallerIsKeptCompressed(@TempDir Path folder) throws IOException {
        file(folder, "long.js", "x();".repeat(1_000));
        file(folder, "short.js", "x();");
        framework.start("ideas", folder);

        assertThat(Objects.requireNonNull(asset("ideas/long.js").gzip()).length).isLessThan(400);
        assertThat(asset("ideas/short.js").gzip()).isNull();
    }

    @Test
    void aFileWithoutAnExtensionDoesNotCostAModuleItsOtherAssets(@TempDir Path folder) throws IOException {
        file(folder, "LICENSE", "EUPL");
        file(folder, "app.css", "a{}");
        framework.start("ideas", folder);

        assertThat(asset("ideas/LICENSE").type()).isEqualTo("application/octet-stream");
        assertThat(asset("ideas/app.css").type()).startsWith("text/css");
    }

    private Assets.Asset asset(String name) {
        return Objects.requireNonNull(assets.find(assets.address(name)), name);
    }

    private static void file(Path folder, String name, String content) throws IOException {
        Path file = folder.resolve("assets/ideas/" + name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
