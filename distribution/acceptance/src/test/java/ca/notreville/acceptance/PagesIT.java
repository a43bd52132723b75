// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Browsers.Look;
import ca.notreville.acceptance.Tour.Stop;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page, on every screen, in every language and light: for everybody, and without a fault in it. */
@ExtendWith(Acceptance.class)
class PagesIT {

    private static final int NARROWEST = 320;

    /**
     * Links in a sentence are as large as their words; what stands alone is to be hit with a thumb. A box to tick is as large
     * as the words beside it, which tick it too.
     */
    private static final String SMALL_TARGETS = """
            () => [...document.querySelectorAll('button, .button, summary, select, input:not([type=hidden]), textarea,'
                + ' nav a, .back a, .door, .brand, .lang, .me')]
              .map(e => [e, (e.matches('[type=checkbox], [type=radio]') && e.labels[0] || e).getBoundingClientRect()])
              .filter(([e, box]) => box.width > 0 && (box.height < 43.9 || box.width < 43.9))
              .map(([e, box]) => e.outerHTML.slice(0, 120) + ' ' + Math.round(box.width) + '×' + Math.round(box.height))
            """;

    private static final String WORDS =
            "() => { const all = document.body.cloneNode(true); all.querySelectorAll('code').forEach(c => c.remove());"
                    + " return all.innerText }";

    private static final String WIDTH = "() => document.documentElement.scrollWidth";

    private final Platform platform;
    private final Api api;
    private final Browsers browsers;

    PagesIT(Platform platform, Api api, Browsers browsers) {
        this.platform = platform;
        this.api = api;
        this.browsers = browsers;
    }

    static Stream<Look> looks() {
        return Stream.of(Look.phone("fr"), Look.phone("en"), Look.desktop("fr"), Look.desktop("en"));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void everyPageIsAccessibleInLightAndDarkFitsNarrowScreensAndHasLargeTargets(Look look) throws IOException {
        JsonNode imported = api.bringIn(
                api.administrator(), Map.of("file", Consultation.ours().proposals()));
        List<String> faults = new ArrayList<>();
        Visitor visitor = browsers.visitor(look);
        Visitor member = browsers.visitor(look);
        member.signInAs(api.newcomer());
        Visitor administrator = browsers.visitor(look);
        administrator.signInAs(Platform.ADMIN_EMAIL, Platform.ADMIN_PASSWORD);
        for (Stop stop : Tour.stops(api, imported.path("id").asText())) {
            Visitor who = stop.administrator() ? administrator : stop.member() ? member : visitor;
            stop.way().accept(who);
            Page page = who.page();
            Accessibility.faults(who).forEach(fault -> faults.add(stop + " in the light, " + fault));
            Accessibility.faultsInTheDark(who).forEach(fault -> faults.add(stop + " in the dark, " + fault));
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo(look.language());
            assertThat(page.locator("h1").count()).as("headings of %s", stop).isEqualTo(1);
            ((List<?>) page.evaluate(SMALL_TARGETS)).forEach(small -> faults.add(stop + " is hard to hit: " + small));
            page.setViewportSize(NARROWEST, look.height());
            int width = ((Number) page.evaluate(WIDTH)).intValue();
            if (width > NARROWEST) {
                faults.add(stop + " is " + width + " wide on a screen of " + NARROWEST);
            }
            page.setViewportSize(look.width(), look.height());
            // words without a translation are shown by their key; what stands as code is meant so
            String text = (String) page.evaluate(WORDS);
            java.util.regex.Matcher key = java.util.regex.Pattern.compile(
                            "\\b(web|core|ideas|error)\\.[a-z-]+(\\.[a-z-]+)*\\b")
                    .matcher(text);
            if (key.find()) {
                faults.add(stop + " says " + key.group());
            }
        }
        faults.addAll(platform.partsLeftOut());
        assertThat(faults).isEmpty();
    }
}
