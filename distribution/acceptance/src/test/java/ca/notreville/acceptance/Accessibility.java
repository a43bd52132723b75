// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/** What axe finds wrong with what somebody sees: WCAG 2.2, levels A and AA, and good practice. */
final class Accessibility {

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private Accessibility() {}

    static void assertAccessible(Visitor visitor) {
        Assertions.assertThat(faults(visitor)).as(visitor.page().url()).isEmpty();
    }

    /** One line for each element at fault. */
    static List<String> faults(Visitor visitor) {
        if (visitor.look().script()) {
            return faults(axe(visitor.page()).withTags(RULES));
        }
        // axe is a script itself: it looks at the same page where scripts may run, but none of the page's own does
        try (BrowserContext context = withScript(visitor)) {
            String url = visitor.page().url();
            String html = visitor.page().content();
            context.route(address -> address.endsWith(".js"), Route::abort);
            context.route(
                    url,
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("text/html; charset=utf-8")
                            .setBody(html)));
            Page page = context.newPage();
            page.navigate(url);
            return faults(axe(page).withTags(RULES));
        }
    }

    /** Colours are all that is different in the dark. */
    static List<String> faultsInTheDark(Visitor visitor) {
        Page page = visitor.page();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        List<String> faults = faults(axe(page).withRules(List.of("color-contrast")));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        return faults;
    }

    private static BrowserContext withScript(Visitor visitor) {
        return visitor.context()
                .browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(visitor.look().width(), visitor.look().height())
                        .setColorScheme(visitor.look().dark() ? ColorScheme.DARK : ColorScheme.LIGHT)
                        .setReducedMotion(ReducedMotion.REDUCE));
    }

    private static List<String> faults(AxeBuilder axe) {
        return axe.analyze().getViolations().stream()
                .flatMap(Accessibility::lines)
                .toList();
    }

    private static Stream<String> lines(Rule violation) {
        return violation.getNodes().stream()
                .map(node -> violation.getId() + ": " + node.getHtml() + " " + node.getFailureSummary());
    }

    /** Only what is wrong is told: to describe what is right takes longer than to find out. */
    private static AxeBuilder axe(Page page) {
        AxeRunOptions options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return new AxeBuilder(page).options(options);
    }
}
