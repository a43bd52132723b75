// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Browsers.Look;
import ca.notreville.acceptance.Tour.Stop;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Takes pictures of every page, for people to look at; see the command {@code pictures}. */
@Tag("pictures")
@ExtendWith(Acceptance.class)
class PicturesIT {

    private static final Path FOLDER = Platform.target().resolve("pictures");

    static Stream<Look> looks() {
        return PagesIT.looks();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void everyPageHasItsPicture(Look look, Api api, Browsers browsers) throws IOException {
        JsonNode imported = api.bringIn(
                api.administrator(), Map.of("file", Consultation.ours().proposals()));
        Visitor visitor = browsers.visitor(look);
        Visitor member = browsers.visitor(look);
        member.signInAs(api.newcomer());
        Visitor administrator = browsers.visitor(look);
        administrator.signInAs(Platform.ADMIN_EMAIL, Platform.ADMIN_PASSWORD);
        for (Stop stop : Tour.stops(api, imported.path("id").asText())) {
            Visitor who = stop.administrator() ? administrator : stop.member() ? member : visitor;
            stop.way().accept(who);
            for (Look as : List.of(look, look.inTheDark())) {
                who.page()
                        .emulateMedia(new Page.EmulateMediaOptions()
                                .setColorScheme(as.dark() ? ColorScheme.DARK : ColorScheme.LIGHT));
                Path picture = FOLDER.resolve(as.toString()).resolve(stop.name() + ".png");
                who.page()
                        .screenshot(
                                new Page.ScreenshotOptions().setFullPage(true).setPath(picture));
                assertThat(Files.size(picture)).isPositive();
            }
        }
        // the first thing that people see, as they see it
        visitor.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        visitor.go("/");
        visitor.page().screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve("first-" + look + ".png")));
    }
}
