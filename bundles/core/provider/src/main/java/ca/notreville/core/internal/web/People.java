// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.profile.DirectoryQuery;
import ca.notreville.core.api.profile.MemberProfile;
import ca.notreville.core.api.profile.SkillService.Skill;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.web.api.Visit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A piece of the directory of members and what its page needs to be filtered. */
public record People(DirectoryQuery query, Slice<MemberProfile> slice, List<Skill> skills, List<Neighbourhood> places) {

    public boolean filtered() {
        return query.isSearch() || query.skill() != null || query.neighbourhood() != null || query.kind() != null;
    }

    public Optional<Neighbourhood> place(MemberProfile profile) {
        return places.stream()
                .filter(place -> place.id().equals(profile.neighbourhood()))
                .findFirst();
    }

    /** Address of the next piece. */
    public @Nullable String next(Visit visit) {
        return slice.next() == null
                ? null
                : "/members?q=" + visit.encode(text(query.q())) + "&skill=" + visit.encode(text(query.skill()))
                        + "&neighbourhood=" + visit.encode(text(query.neighbourhood())) + "&kind="
                        + visit.encode(text(query.kind())) + "&after=" + slice.next();
    }

    public static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
