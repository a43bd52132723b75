// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Browsers.Look;
import ca.notreville.acceptance.Tour.Stop;
import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
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

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private static final int NARROWEST = 320;

    /** Links in a sentence are as large as their words; what stands alone is to be hit with a thumb. */
    private static final String SMALL_TARGETS = """
            () => [...document.querySelectorAll('button, .button, summary, select, input:not([type=hidden]), textarea,'
                + ' nav a, .back a, .door, .brand, .lang, .me')]
              .map(e => [e, e.getBoundingClientRect()])
              .filter(([e, box]) => box.width > 0 && (box.height < 43.9 || box.width < 43.9))
              .map(([e, box]) => e.outerHTML.slice(0, 120) + ' ' + Math.round(box.width) + '×' + Math.round(box.height))
            """;

    private static final String WIDTH = "() => document.documentElement.scrollWidth";

    private final Api api;
    private final Browsers browsers;

    PagesIT(Api api, Browsers browsers) {
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
            check(stop + " in the light", axe(page).withTags(RULES), faults);
            // colours are all that is different in the dark
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            check(stop + " in the dark", axe(page).withRules(List.of("color-contrast")), faults);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo(look.language());
            assertThat(page.locator("h1").count()).as("headings of %s", stop).isEqualTo(1);
            ((List<?>) page.evaluate(SMALL_TARGETS)).forEach(small -> faults.add(stop + " is hard to hit: " + small));
            page.setViewportSize(NARROWEST, look.height());
            int width = ((Number) page.evaluate(WIDTH)).intValue();
            if (width > NARROWEST) {
                faults.add(stop + " is " + width + " wide on a screen of " + NARROWEST);
            }
            page.setViewportSize(look.width(), look.height());
            // words without a translation are shown by their key
            String text = page.locator("body").innerText();
            java.util.regex.Matcher key = java.util.regex.Pattern.compile(
                            "\\b(web|core|ideas|error)\\.[a-z-]+(\\.[a-z-]+)*\\b")
                    .matcher(text);
            if (key.find()) {
                faults.add(stop + " says " + key.group());
            }
        }
        assertThat(faults).isEmpty();
    }

    private static void check(String what, AxeBuilder axe, List<String> faults) {
        for (Rule violation : axe.analyze().getViolations()) {
            violation
                    .getNodes()
                    .forEach(node -> faults.add(
                            what + ", " + violation.getId() + ": " + node.getHtml() + " " + node.getFailureSummary()));
        }
    }

    /** Only what is wrong is told: to describe what is right takes longer than to find out. */
    private static AxeBuilder axe(Page page) {
        AxeRunOptions options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return new AxeBuilder(page).options(options);
    }
}
