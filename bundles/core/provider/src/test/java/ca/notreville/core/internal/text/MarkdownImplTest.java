// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownImplTest {

    private static final int SMALL_STACK = 256 * 1024;

    private final MarkdownImpl markdown = new MarkdownImpl();

    @Test
    void peopleWriteParagraphsLinesEmphasisListsQuotationsAndCode() {
        assertThat(markdown.html("un *deux* **trois**\nquatre\n\n- a\n- b\n\n> dit\n\n`code`"))
                .isEqualToNormalizingNewlines("<p>un <em>deux</em> <strong>trois</strong><br>\nquatre</p>\n"
                        + "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<blockquote>\n<p>dit</p>\n</blockquote>\n"
                        + "<p><code>code</code></p>\n");
    }

    @Test
    void whatLooksLikeAHeadingOrIndentedCodeIsTheTextThatItIs() {
        assertThat(markdown.html("# Titre")).isEqualToNormalizingWhitespace("<p># Titre</p>");
        assertThat(markdown.html("a\n\n    retrait")).contains("<p>retrait</p>").doesNotContain("<pre");
    }

    @Test
    void linksLeadElsewhereWithoutRecommendingIt() {
        assertThat(markdown.html("[ici](https://example.org/a) et https://example.org/b"))
                .contains("<a href=\"https://example.org/a\" rel=\"nofollow ugc noopener\">ici</a>")
                .contains("<a href=\"https://example.org/b\" rel=\"nofollow ugc noopener\">");
        assertThat(markdown.html("[idée](/ideas/42)")).contains("href=\"/ideas/42\"");
    }

    @Test
    void aPictureFromElsewhereIsALinkToIt() {
        assertThat(markdown.html("![vue](https://example.org/a.png)"))
                .doesNotContain("<img")
                .contains("<a href=\"https://example.org/a.png\" rel=\"nofollow ugc noopener\">vue</a>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "[x](javascript:alert(1))",
                "[x](&#106;avascript:alert(1))",
                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                "![x](javascript:alert(1))",
                "<javascript:alert(1)>",
                "[x](https://e.org \"\\\" onmouseover=alert(1)\")",
                "<svg onload=alert(1)>",
                "```x\" onmouseover=\"alert(1)\ncode\n```",
                "<a href=\"https://e.org\" style=\"position:fixed\">x</a>",
                "<style>*{display:none}</style>"
            })
    void nothingRunsAndNothingIsDressed(String evil) {
        var body = org.jsoup.Jsoup.parseBodyFragment(markdown.html(evil)).body();

        assertThat(body.select("script, img, svg, style, iframe, form")).isEmpty();
        for (var element : body.getAllElements()) {
            element.attributes().forEach(attribute -> {
                assertThat(attribute.getKey()).isIn("href", "rel", "start");
                if (attribute.getKey().equals("href")) {
                    assertThat(attribute.getValue())
                            .doesNotContainIgnoringCase("javascript:")
                            .doesNotContain("data:");
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {">", "- ", "*a **b ", "[", "![", "`", "**", "<a>", "1. ", "> - ", "_a", "&#42;", "(", "[a]("})
    void nestingWithoutEndCostsNothing(String part) throws InterruptedException {
        String deep = part.repeat(10_000 / part.length() + 1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread small = new Thread(null, () -> markdown.html(deep), "small stack", SMALL_STACK);
        small.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
        small.start();
        small.join(20_000);

        assertThat(small.isAlive()).isFalse();
        assertThat(failure.get()).isNull();
    }

    @Test
    void thePlainTextIsTheWordsAlone() {
        assertThat(markdown.plain("**un** [deux](https://example.org)\n\n- trois"))
                .isEqualTo("un deux trois");
    }
}
