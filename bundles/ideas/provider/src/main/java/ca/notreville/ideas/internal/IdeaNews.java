// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.follow.Tag;
import ca.notreville.core.api.follow.TagSource;
import ca.notreville.core.api.notify.Delivery.Mail;
import ca.notreville.core.api.notify.NewsKind;
import ca.notreville.core.api.notify.NewsKinds;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What of ideas is told to people, and the themes under which they follow them. */
@Component
public final class IdeaNews implements NewsKinds, TagSource {

    /** Somebody proposed something. */
    static final String PUBLISHED = "ideas.published";

    /** The municipality answered. */
    static final String ANSWERED = "ideas.answered";

    /** Any other step in the life of an idea. */
    static final String MOVED = "ideas.moved";

    private final Categories categories;

    @Activate
    public IdeaNews(@Reference Categories categories) {
        this.categories = categories;
    }

    @Override
    public List<NewsKind> kinds() {
        return List.of(
                NewsKind.of(PUBLISHED, Mail.DAILY), NewsKind.of(ANSWERED, Mail.DAILY), NewsKind.of(MOVED, Mail.DAILY));
    }

    @Override
    public List<Tag> tags(Locale language) {
        return categories.all().stream()
                .map(category -> new Tag(category.id(), category.name(language), "/ideas?category=" + category.id()))
                .toList();
    }
}
