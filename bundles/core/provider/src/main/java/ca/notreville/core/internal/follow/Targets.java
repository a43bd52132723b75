// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.follow;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.follow.Tag;
import ca.notreville.core.api.follow.TagSource;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.api.initiative.Initiatives;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** What there is to be followed. */
@Component(immediate = true, service = Targets.class)
public final class Targets {

    private final Initiatives initiatives;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<TagSource> sources;

    /** @param neighbourhood id, {@code null} for the whole town */
    public record Found(String title, String path, @Nullable String neighbourhood) {}

    @Activate
    public Targets(@Reference Initiatives initiatives) {
        this(initiatives, new CopyOnWriteArrayList<>());
    }

    public Targets(Initiatives initiatives, List<TagSource> sources) {
        this.initiatives = initiatives;
        this.sources = sources;
    }

    /** Empty if there is none that the caller may see, or if its module is not there at present. */
    public Optional<Found> find(Caller caller, Target target) {
        return target.kind().equals(Target.TAG)
                ? tags(caller.language()).stream()
                        .filter(tag -> tag.slug().equals(target.key()))
                        .findFirst()
                        .map(tag -> new Found(tag.title(), tag.path(), null))
                : target.initiative()
                        .flatMap(initiative -> initiatives.find(caller, initiative))
                        .map(summary -> new Found(summary.title(), summary.path(), summary.neighbourhood()));
    }

    /** All themes. */
    public List<Tag> tags(Locale language) {
        return sources.stream()
                .flatMap(source -> source.tags(language).stream())
                .filter(tag -> Target.parse(Target.TAG + ":" + tag.slug()).isPresent())
                .toList();
    }
}
