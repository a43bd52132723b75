// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The one browser of all tests. Each visitor is a context of their own: other cookies, other screen, other language. */
final class Browsers implements AutoCloseable {

    private static final double PATIENCE = 15_000;

    /** Debian's, as ./verify installs it. */
    private static final List<Path> KNOWN = Stream.of(
                    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .toList();

    private final Playwright playwright;
    private final Browser browser;
    private final URI address;
    private final List<Visitor> visitors = new ArrayList<>();

    /** How somebody looks at the pages. */
    record Look(int width, int height, boolean dark, String language, boolean script) {

        static Look phone(String language) {
            return new Look(390, 844, false, language, true);
        }

        static Look desktop(String language) {
            return new Look(1280, 900, false, language, true);
        }

        Look inTheDark() {
            return new Look(width, height, true, language, script);
        }

        Look script(boolean runs) {
            return new Look(width, height, dark, language, runs);
        }

        boolean french() {
            return language.equals("fr");
        }

        @Override
        public String toString() {
            return (width < 600 ? "phone" : "desktop") + "-" + (dark ? "dark" : "light") + "-" + language
                    + (script ? "" : "-noscript");
        }
    }

    Browsers(URI address) {
        this.address = address;
        Path executable = KNOWN.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Install chromium: none of " + KNOWN + " is there"));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        // without a sandbox, for the machines where tests run as root; only our own pages are opened
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setHeadless(true)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--force-color-profile=srgb")));
    }

    /** A new visitor, until the end of the test. */
    Visitor visitor(Look look) {
        return visitor(look, address);
    }

    Visitor visitor(Look look, URI of) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(of.toString())
                .setViewportSize(look.width(), look.height())
                .setColorScheme(look.dark() ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setLocale(look.french() ? "fr-CA" : "en-CA")
                .setTimezoneId("America/Toronto")
                // or colours are measured on their way from light to dark
                .setReducedMotion(ReducedMotion.REDUCE)
                .setHasTouch(look.width() < 600)
                .setJavaScriptEnabled(look.script()));
        context.setDefaultTimeout(PATIENCE);
        context.tracing().start(new Tracing.StartOptions().setSnapshots(true).setScreenshots(false));
        Visitor visitor = new Visitor(context, look);
        visitors.add(visitor);
        return visitor;
    }

    /** Keeps what the visitors of a test that failed were looking at. */
    void keep(String test) {
        String name = test.replaceAll("[^\\p{Alnum}]+", "-");
        for (int i = 0; i < visitors.size(); i++) {
            Path folder = Platform.target().resolve("failures");
            Visitor visitor = visitors.get(i);
            try {
                visitor.page()
                        .screenshot(new Page.ScreenshotOptions()
                                .setFullPage(true)
                                .setPath(folder.resolve(name + "-" + i + ".png")));
                visitor.context()
                        .tracing()
                        .stop(new Tracing.StopOptions().setPath(folder.resolve(name + "-" + i + ".zip")));
            } catch (PlaywrightException e) {
                // the failure of the test is what is to be told
                System.err.println("no picture of " + name + ": " + e.getMessage());
            }
        }
    }

    /** Sends the visitors home. @return what their browsers complained of */
    List<String> endVisits() {
        List<String> complaints = new ArrayList<>();
        for (Visitor visitor : visitors) {
            complaints.addAll(visitor.complaints());
            visitor.context().close();
        }
        visitors.clear();
        return complaints;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
