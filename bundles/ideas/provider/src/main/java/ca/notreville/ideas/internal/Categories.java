// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.ideas.api.Category;
import ca.notreville.ideas.internal.jpa.CategoryEntity;
import java.text.Collator;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.aries.jpa.template.JpaTemplate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The categories; a few dozen at most, kept in memory and read anew every minute. */
@Component(service = Categories.class)
public final class Categories {

    private static final Duration FRESH = Duration.ofMinutes(1);

    private final JpaTemplate jpa;
    private final AtomicInteger changes = new AtomicInteger();
    private volatile @Nullable Known known;

    private record Known(List<Category> all, int changes, long readAt) {}

    @Activate
    public Categories(@Reference(target = "(osgi.unit.name=ideas)") JpaTemplate jpa) {
        this.jpa = jpa;
    }

    public List<Category> all() {
        Known now = known;
        // what was read before a change and arrives after it is not kept
        int before = changes.get();
        if (now == null || now.changes != before || System.nanoTime() - now.readAt > FRESH.toNanos()) {
            Collator collator = Collator.getInstance(Locale.CANADA_FRENCH);
            now = new Known(
                    jpa
                            .txExpr(em -> em.createQuery("select c from Category c", CategoryEntity.class)
                                    .getResultList())
                            .stream()
                            .map(CategoryEntity::toCategory)
                            .sorted(Comparator.comparing(c -> c.name(Locale.FRENCH), collator))
                            .toList(),
                    before,
                    System.nanoTime());
            known = now;
        }
        return now.all;
    }

    public Optional<Category> find(@Nullable String id) {
        return all().stream().filter(c -> c.id().equals(id)).findFirst();
    }

    /** Call after the commit of a new category. */
    public void changed() {
        changes.incrementAndGet();
    }
}
