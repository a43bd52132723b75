// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.profile.DirectoryQuery;
import ca.notreville.core.api.profile.MemberProfile;
import ca.notreville.core.api.profile.MemberProfile.MemberSkill;
import ca.notreville.core.api.profile.MemberProfile.Part;
import ca.notreville.core.api.profile.ProfileDraft;
import ca.notreville.core.api.profile.ProfileService;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Profiles and the directory of members over REST. */
@Component(service = ProfileResource.class)
@Path("/api/v1/members")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "members")
public final class ProfileResource {

    private final ProfileService profiles;

    @Activate
    public ProfileResource(@Reference ProfileService profiles) {
        this.profiles = profiles;
    }

    @GET
    @Operation(summary = "Members who want to be found, by name or best match first")
    public Items<ProfileView> directory(
            @Context Caller caller,
            @QueryParam("q") @Nullable String q,
            @QueryParam("skill") @Nullable String skill,
            @QueryParam("neighbourhood") @Nullable String neighbourhood,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        DirectoryQuery query = new DirectoryQuery(q, skill, neighbourhood, kind);
        var slice = profiles.directory(caller, query, Paging.of(limit, after, query.cursorSize()));
        return new Items<>(slice.items().stream().map(ProfileView::of).toList(), slice.next());
    }

    @GET
    @Path("{id: [0-9]+}")
    @Operation(summary = "What everybody may know of a member")
    public ProfileView get(@Context Caller caller, @PathParam("id") long id) {
        return ProfileView.of(profiles.show(caller, id));
    }

    @GET
    @Path("me/profile")
    @Operation(summary = "The caller's own profile, whole; its version is the entity tag")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfileView.class)))
    public Response own(@Context Caller caller) {
        return answer(profiles.own(caller));
    }

    @PUT
    @Path("me/profile")
    @Operation(summary = "Save one's own profile; with If-Match only the version that was seen")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfileView.class)))
    public Response save(
            @Context Caller caller,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Nullable ProfileDraft body) {
        caller.requireMember();
        if (body == null) {
            throw InvalidException.of("body", "required");
        }
        return answer(Tags.save(ifMatch, version -> profiles.update(caller, body, version)));
    }

    private static Response answer(MemberProfile profile) {
        return Response.ok(ProfileView.of(profile))
                .tag(Tags.of(profile.version()))
                .build();
    }

    /**
     * A profile; what is not shown is empty.
     *
     * @param profile citizen, expert, organisation, leader or partner
     * @param neighbourhood id, or null
     * @param languages codes of ISO 639
     * @param shown the parts that everybody sees
     * @param listed whether the member is in the directory
     * @param reachable whether people may ask to connect
     */
    public record ProfileView(
            String id,
            String displayName,
            String profile,
            @Schema(nullable = true) @Nullable String neighbourhood,
            String bio,
            List<String> languages,
            List<SkillUse> skills,
            String availability,
            String interests,
            List<String> shown,
            boolean listed,
            boolean reachable) {
        static ProfileView of(MemberProfile p) {
            return new ProfileView(
                    String.valueOf(p.id()),
                    p.displayName(),
                    p.kind().word(),
                    p.neighbourhood(),
                    p.bio(),
                    p.languages(),
                    p.skills().stream().map(SkillUse::of).toList(),
                    p.availability(),
                    p.interests(),
                    p.shown().stream().sorted().map(Part::word).toList(),
                    p.listed(),
                    p.reachable());
        }
    }

    /** @param skill id in the list of skills, null for a word of the member's own */
    public record SkillUse(
            String label, @Schema(nullable = true) @Nullable String skill) {
        static SkillUse of(MemberSkill skill) {
            return new SkillUse(skill.label(), skill.skill() == 0 ? null : String.valueOf(skill.skill()));
        }
    }
}
