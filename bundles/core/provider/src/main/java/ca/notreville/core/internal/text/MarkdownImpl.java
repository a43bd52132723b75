// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.text;

import ca.notreville.core.api.text.Markdown;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;
import org.osgi.service.component.annotations.Component;

/**
 * CommonMark, then jsoup's safelist. CommonMark escapes all HTML already; the safelist is there for the day on which it does
 * not. jsoup rather than OWASP's sanitizer: it is in the image for imports anyway, is a bundle as it comes, and cleans a tree
 * that a browser's rules made of the text.
 *
 * <p>What was rendered is remembered by the text itself, not by a hash of it: nobody can find two texts that are the same.
 */
@Component
public final class MarkdownImpl implements Markdown {

    private static final long REMEMBERED_CHARACTERS = 8_000_000;

    /** Anything; only there so that addresses on this site count as addresses. */
    private static final String BASE = "https://site.invalid/";

    private static final List<org.commonmark.Extension> EXTENSIONS = List.of(AutolinkExtension.create());

    private final Parser parser = Parser.builder()
            .extensions(EXTENSIONS)
            .enabledBlockTypes(Set.of(BlockQuote.class, ListBlock.class, FencedCodeBlock.class))
            .maxOpenBlockParsers(MAX_DEPTH * 2)
            .build();
    private final HtmlRenderer renderer = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .softbreak("<br>\n")
            .build();
    private final Cleaner cleaner = new Cleaner(new Safelist()
            .addTags("p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a")
            .addAttributes("a", "href")
            .addAttributes("ol", "start")
            .addProtocols("a", "href", "http", "https", "mailto")
            .addEnforcedAttribute("a", "rel", "nofollow ugc noopener")
            .preserveRelativeLinks(true));

    private final Cache<String, String> rendered = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED_CHARACTERS)
            .weigher((String text, String html) -> text.length() + html.length() + 64)
            .build();

    @Override
    public String html(String markdown) {
        return rendered.get(markdown, this::render);
    }

    private String render(String markdown) {
        Node document = parser.parse(markdown);
        document.accept(new PicturesAreLinks());
        Document clean = cleaner.clean(Jsoup.parseBodyFragment(renderer.render(document), BASE));
        clean.outputSettings().prettyPrint(false);
        return clean.body().html();
    }

    @Override
    public String plain(String markdown) {
        return Jsoup.parseBodyFragment(html(markdown), BASE).body().text();
    }

    /** A picture from elsewhere would tell its owner who reads the page; a link does so only when it is followed. */
    private static final class PicturesAreLinks extends AbstractVisitor {
        @Override
        public void visit(Image image) {
            Link link = new Link(image.getDestination(), null);
            Node child = image.getFirstChild();
            while (child != null) {
                Node next = child.getNext();
                link.appendChild(child);
                child = next;
            }
            image.insertAfter(link);
            image.unlink();
            visitChildren(link);
        }
    }
}
