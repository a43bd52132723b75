// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.Profile;
import ca.notreville.core.api.member.SignUp;
import ca.notreville.core.api.profile.DirectoryQuery;
import ca.notreville.core.api.profile.KindService;
import ca.notreville.core.api.profile.MemberProfile;
import ca.notreville.core.api.profile.MemberProfile.MemberSkill;
import ca.notreville.core.api.profile.MemberProfile.Part;
import ca.notreville.core.api.profile.ProfileDraft;
import ca.notreville.core.api.profile.ProfileService;
import ca.notreville.core.api.search.SearchQuery;
import ca.notreville.core.api.search.SearchService;
import ca.notreville.core.api.search.SearchSource;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.member.MemberServiceImpl;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class ProfileServiceImpl implements ProfileService {

    static final String KIND = "member";

    /** How far a search is paged through. */
    static final int MAX_HITS = 500;

    private static final String COLUMNS =
            "m.id, m.display_name, m.profile, m.neighbourhood_id, m.bio, m.created_at, p.version, p.listed,"
                    + " p.reachable, p.shown, p.languages, p.availability, p.interests, p.alpha,"
                    + " case when h.item_id is null then 0 else 1 end as hidden"
                    + " from core_member m left join core_profile p on p.member_id = m.id"
                    + " left join core_hidden h on h.kind = '" + KIND + "' and h.item_id = m.id ";

    private final DataSource dataSource;
    private final TerritoryService territory;
    private final SearchService search;
    private final Outbox outbox;
    private final MemberServiceImpl members;

    @Activate
    public ProfileServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference TerritoryService territory,
            @Reference SearchService search,
            @Reference Outbox outbox,
            @Reference MemberServiceImpl members) {
        this.dataSource = dataSource;
        this.territory = territory;
        this.search = search;
        this.outbox = outbox;
        this.members = members;
    }

    /**
     * A profile.
     *
     * @param alpha where it stands in the list
     * @param hidden whether moderation hides it from everybody but its member
     */
    private record Found(MemberProfile profile, long alpha, boolean hidden) {

        boolean listed() {
            return profile.listed() && !hidden;
        }

        /** What everybody may see: of what is hidden, the name alone, which stands beside all that the member wrote. */
        MemberProfile publicly() {
            return hidden ? nameOnly(profile) : ProfileServiceImpl.publicly(profile);
        }
    }

    @Override
    public MemberProfile own(Caller caller) {
        return Sql.read(dataSource, connection -> whole(connection, caller.requireMember()))
                .profile();
    }

    @Override
    public MemberProfile show(Caller caller, long member) {
        return Sql.read(dataSource, connection -> whole(connection, member)).publicly();
    }

    @Override
    public Map<Long, MemberProfile> showAll(Caller caller, Collection<Long> members) {
        Map<Long, MemberProfile> shown = new LinkedHashMap<>();
        Sql.read(dataSource, connection -> read(connection, members))
                .forEach((member, found) -> shown.put(member, found.publicly()));
        return shown;
    }

    private static Found whole(Connection connection, long member) throws SQLException {
        return read(connection, List.of(member)).values().stream().findFirst().orElseThrow(NotFoundException::new);
    }

    private static MemberProfile nameOnly(MemberProfile p) {
        return new MemberProfile(
                p.id(),
                p.version(),
                p.displayName(),
                p.kind(),
                null,
                "",
                List.of(),
                List.of(),
                "",
                "",
                Set.of(),
                false,
                false,
                p.since());
    }

    private static MemberProfile publicly(MemberProfile p) {
        return new MemberProfile(
                p.id(),
                p.version(),
                p.displayName(),
                p.kind(),
                p.shown().contains(Part.NEIGHBOURHOOD) ? p.neighbourhood() : null,
                p.shown().contains(Part.BIO) ? p.bio() : "",
                p.shown().contains(Part.LANGUAGES) ? p.languages() : List.of(),
                p.shown().contains(Part.SKILLS) ? p.skills() : List.of(),
                p.shown().contains(Part.AVAILABILITY) ? p.availability() : "",
                p.shown().contains(Part.INTERESTS) ? p.interests() : "",
                p.shown(),
                p.listed(),
                p.reachable(),
                p.since());
    }

    /** The profiles of some members, in the order that was asked for, with their skills and roles in one query each. */
    private static Map<Long, Found> read(Connection connection, Collection<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        String those = "(" + Db.marks(ids) + ")";
        Object[] parameters = ids.toArray();
        Map<Long, List<MemberSkill>> skills = new HashMap<>();
        Db.list(
                connection,
                "select member_id, word, label, skill_id from core_member_skill"
                        + " --DERBY-PROPERTIES constraint=CORE_MEMBER_SKILL_PK\nwhere member_id in " + those
                        + " order by word",
                row -> skills.computeIfAbsent(row.getLong(1), m -> new ArrayList<>())
                        .add(new MemberSkill(row.getString(2), row.getString(3), row.getLong(4))),
                parameters);
        Map<Long, Set<String>> roles = new HashMap<>();
        Db.list(
                connection,
                "select member_id, role from core_member_role where member_id in " + those,
                row -> roles.computeIfAbsent(row.getLong(1), m -> new java.util.HashSet<>())
                        .add(row.getString(2)),
                parameters);
        Map<Long, Found> read = new HashMap<>();
        Db.list(
                connection,
                "select " + COLUMNS + "where m.id in " + those,
                row -> {
                    long id = row.getLong("id");
                    MemberProfile profile =
                            profile(row, skills.getOrDefault(id, List.of()), roles.getOrDefault(id, Set.of()));
                    return read.put(id, new Found(profile, row.getLong("alpha"), row.getInt("hidden") == 1));
                },
                parameters);
        Map<Long, Found> ordered = new LinkedHashMap<>();
        for (Long id : ids) {
            Found found = read.get(id);
            if (found != null) {
                ordered.put(id, found);
            }
        }
        return ordered;
    }

    private static MemberProfile profile(ResultSet row, List<MemberSkill> skills, Set<String> roles)
            throws SQLException {
        int version = row.getInt("version");
        boolean saved = version > 0;
        Set<Part> shown = EnumSet.noneOf(Part.class);
        words(row.getString("shown")).forEach(word -> shown.add(Part.valueOf(word.toUpperCase(Locale.ROOT))));
        return new MemberProfile(
                row.getLong("id"),
                version,
                row.getString("display_name"),
                kind(row.getString("profile"), roles),
                row.getString("neighbourhood_id"),
                text(row.getString("bio")),
                words(row.getString("languages")),
                skills,
                text(row.getString("availability")),
                text(row.getString("interests")),
                shown,
                saved && row.getInt("listed") == 1,
                !saved || row.getInt("reachable") == 1,
                Db.moment(row, "created_at"));
    }

    /** What gives rights is shown of those alone who were given them: at sign-up anybody can say anything. */
    private static Profile kind(String word, Set<String> roles) {
        if (KindService.KINDS.contains(word) && !roles.contains(word)) {
            word = Profile.CITIZEN.word();
        }
        if (word.equals(Profile.CITIZEN.word())) {
            for (Role role : List.of(Role.LEADER, Role.EXPERT, Role.PARTNER)) {
                if (roles.contains(role.word())) {
                    return Profile.valueOf(role.name());
                }
            }
        }
        return Profile.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static List<String> words(@Nullable String words) {
        return words == null || words.isBlank() ? List.of() : Arrays.asList(words.split(" "));
    }

    /** A draft that holds. */
    private record Checked(
            String name,
            @Nullable String neighbourhood,
            String bio,
            List<String> languages,
            String availability,
            String interests,
            List<String> shown,
            boolean listed,
            boolean reachable,
            Map<String, MemberSkill> skills) {}

    @Override
    public MemberProfile update(Caller caller, ProfileDraft draft, @Nullable Integer version) {
        long member = caller.requireMember();
        Checked checked = checked(draft);
        MemberProfile saved = Sql.write(dataSource, connection -> {
            // the row of the member is held first, so that of two who save at once the second sees what the first did
            int known = Db.update(
                    connection,
                    "update core_member set display_name = ?, neighbourhood_id = ?, bio = ?, version = version + 1 where id = ?",
                    checked.name(),
                    checked.neighbourhood(),
                    checked.bio(),
                    member);
            if (known == 0) {
                throw new NotFoundException();
            }
            int present = (int) Db.number(connection, "select version from core_profile where member_id = ?", member);
            if (version != null && version != present) {
                throw new ConflictException("core.changed-meanwhile");
            }
            write(connection, member, present, checked);
            outbox.append(connection, SearchSource.TOPIC, new Initiative(KIND, member).toString());
            return whole(connection, member).profile();
        });
        members.renamed(member);
        outbox.poke();
        return saved;
    }

    private static void write(Connection connection, long member, int present, Checked c) throws SQLException {
        boolean placed = c.shown().contains(Part.NEIGHBOURHOOD.word());
        String columns = present == 0
                ? "insert into core_profile (listed, reachable, shown, place, alpha, languages, availability, interests,"
                        + " version, member_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                : "update core_profile set listed = ?, reachable = ?, shown = ?, place = ?, alpha = ?, languages = ?,"
                        + " availability = ?, interests = ?, version = ? where member_id = ?";
        Db.update(
                connection,
                columns,
                c.listed(),
                c.reachable(),
                String.join(" ", c.shown()),
                placed ? c.neighbourhood() : null,
                Words.alpha(c.name()),
                String.join(" ", c.languages()),
                c.availability(),
                c.interests(),
                present + 1,
                member);
        Db.update(connection, "delete from core_member_skill where member_id = ?", member);
        for (MemberSkill skill : c.skills().values()) {
            Db.update(
                    connection,
                    "insert into core_member_skill (member_id, word, label, skill_id, listed, alpha, place)"
                            + " values (?, ?, ?, ?, ?, ?, ?)",
                    member,
                    skill.key(),
                    skill.label(),
                    skill.skill() == 0 ? null : skill.skill(),
                    c.listed() && c.shown().contains(Part.SKILLS.word()),
                    Words.alpha(c.name()),
                    placed ? c.neighbourhood() : null);
        }
        KindListing.refresh(connection, member);
    }

    private Checked checked(ProfileDraft draft) {
        Fields fields = new Fields();
        String name = fields.line("displayName", draft.displayName(), SignUp.MIN_NAME, SignUp.MAX_NAME);
        String neighbourhood = fields.oneOf(
                "neighbourhood",
                draft.neighbourhood(),
                territory.neighbourhoods().stream().map(Neighbourhood::id).toList());
        String bio = fields.text("bio", draft.bio(), 0, ProfileDraft.MAX_BIO);
        List<String> languages = some(fields, "languages", draft.languages(), MemberProfile.LANGUAGES);
        String availability = fields.text("availability", draft.availability(), 0, ProfileDraft.MAX_AVAILABILITY);
        String interests = fields.text("interests", draft.interests(), 0, ProfileDraft.MAX_INTERESTS);
        List<String> shown = some(fields, "shown", draft.shown(), Part.words());
        Map<String, MemberSkill> skills = skills(fields, draft);
        fields.verify();
        return new Checked(
                name,
                neighbourhood,
                bio,
                languages,
                availability,
                interests,
                shown,
                Boolean.TRUE.equals(draft.listed()),
                !Boolean.FALSE.equals(draft.reachable()),
                skills);
    }

    /** Those of the values that are sent, each once, in the order of the values. */
    private static List<String> some(
            Fields fields, String field, @Nullable List<String> sent, Collection<String> allowed) {
        List<String> wanted = sent == null ? List.of() : sent;
        for (String value : wanted) {
            if (!allowed.contains(value)) {
                fields.oneOf(field, value == null || value.isBlank() ? "?" : value, allowed);
                break;
            }
        }
        return allowed.stream().filter(wanted::contains).toList();
    }

    private Map<String, MemberSkill> skills(Fields fields, ProfileDraft draft) {
        Map<String, MemberSkill> byWord = new HashMap<>();
        Map<String, MemberSkill> byId = new HashMap<>();
        Sql.read(dataSource, connection -> {
            for (SkillServiceImpl.Row row : SkillServiceImpl.rows(connection)) {
                MemberSkill skill = new MemberSkill(
                        row.wordFr(), row.skill().french(), row.skill().id());
                byWord.put(row.wordFr(), skill);
                byWord.putIfAbsent(row.wordEn(), skill);
                byId.put(String.valueOf(row.skill().id()), skill);
            }
            return true;
        });
        Map<String, MemberSkill> chosen = new LinkedHashMap<>();
        for (String id : draft.skills() == null ? List.<String>of() : draft.skills()) {
            MemberSkill skill = byId.get(id);
            if (skill == null) {
                fields.add("skills", "unknown", Map.of());
                break;
            }
            chosen.put(skill.key(), skill);
        }
        for (String own : draft.words() == null ? List.<String>of() : draft.words()) {
            String label = fields.line("words", own, 0, ProfileDraft.MAX_WORD);
            String word = Words.fold(label);
            if (!word.isEmpty()) {
                MemberSkill skill = byWord.getOrDefault(word, new MemberSkill(word, label, 0));
                chosen.putIfAbsent(skill.key(), skill);
            }
        }
        if (chosen.size() > ProfileDraft.MAX_SKILLS) {
            fields.add("words", "core.too-many-skills", Map.of("max", ProfileDraft.MAX_SKILLS));
        }
        return chosen;
    }

    @Override
    public Slice<MemberProfile> directory(Caller caller, DirectoryQuery query, Paging paging) {
        Fields fields = new Fields();
        String kind = fields.oneOf("kind", query.kind(), KindService.KINDS);
        String skill = fields.line("skill", query.skill(), 0, ProfileDraft.MAX_WORD);
        fields.verify();
        return Sql.read(dataSource, connection -> {
            Wanted wanted = wanted(connection, skill);
            return query.isSearch()
                    ? found(connection, query, kind, wanted, paging)
                    : listed(connection, query, kind, wanted, paging);
        });
    }

    /**
     * The skill that is looked for.
     *
     * @param id in the list, 0 if it is not in it
     * @param word "" for any
     */
    private record Wanted(long id, String word) {}

    private static Wanted wanted(Connection connection, String skill) throws SQLException {
        String word = Words.fold(skill);
        for (SkillServiceImpl.Row row :
                word.isEmpty() ? List.<SkillServiceImpl.Row>of() : SkillServiceImpl.rows(connection)) {
            if (String.valueOf(row.skill().id()).equals(word)
                    || row.wordFr().equals(word)
                    || row.wordEn().equals(word)) {
                return new Wanted(row.skill().id(), row.wordFr());
            }
        }
        return new Wanted(0, word);
    }

    private static Slice<MemberProfile> listed(
            Connection connection, DirectoryQuery query, @Nullable String kind, Wanted skill, Paging paging)
            throws SQLException {
        // one range of one index, of people, of those with the skill or of those of the kind, in the order of the list;
        // named to Derby, which may otherwise keep a plan from when the table was small
        boolean skilled = !skill.word().isEmpty();
        StringBuilder sql = new StringBuilder();
        List<@Nullable Object> parameters = new ArrayList<>();
        String key = skilled ? "s" : "p";
        if (skilled) {
            boolean known = skill.id() != 0;
            sql.append("select s.member_id from core_member_skill s --DERBY-PROPERTIES index=CORE_MEMBER_SKILL_")
                    .append(known ? "KNOWN" : "OWN")
                    .append(query.neighbourhood() == null ? "" : "_PLACE")
                    .append("\nwhere s.listed = 1 and ")
                    .append(known ? "s.skill_id = ?" : "s.word = ?");
            parameters.add(known ? (Object) skill.id() : skill.word());
        } else if (kind != null) {
            sql.append("select p.member_id from core_profile_kind p --DERBY-PROPERTIES index=CORE_PROFILE_KIND_")
                    .append(query.neighbourhood() == null ? "LIST" : "PLACE")
                    .append("\nwhere p.kind = ?");
            parameters.add(kind);
        } else {
            sql.append("select p.member_id from core_profile p --DERBY-PROPERTIES index=CORE_PROFILE_")
                    .append(query.neighbourhood() == null ? "LIST" : "PLACE")
                    .append("\nwhere p.listed = 1");
        }
        sql.append(" and not exists (select 1 from core_hidden h where h.kind = '")
                .append(KIND)
                .append("' and h.item_id = ")
                .append(key)
                .append(".member_id)");
        if (query.neighbourhood() != null) {
            sql.append(" and %s.place = ?".formatted(key));
            parameters.add(query.neighbourhood());
        }
        if (skilled && kind != null) {
            // member by member until the piece is full, instead of all of the kind first
            sql.append(" and exists (select 1 from core_profile_kind k --DERBY-PROPERTIES joinStrategy=NESTEDLOOP\n")
                    .append("where k.member_id = s.member_id and k.kind = ?)");
            parameters.add(kind);
        }
        if (!paging.after().isEmpty()) {
            // said twice, so that the reading begins at the cursor
            sql.append(" and %1$s.alpha >= ? and (%1$s.alpha > ? or %1$s.member_id > ?)".formatted(key));
            parameters.add(paging.after().get(0));
            parameters.add(paging.after().get(0));
            parameters.add(paging.after().get(1));
        }
        sql.append(" order by %1$s.alpha, %1$s.member_id fetch first ".formatted(key))
                .append(paging.limit() + 1)
                .append(" rows only");
        List<Long> ids = Db.list(connection, sql.toString(), row -> row.getLong(1), parameters.toArray());
        return paging.slice(
                        new ArrayList<>(read(connection, ids).values()),
                        found -> Paging.cursor(found.alpha(), found.profile().id()))
                .map(Found::publicly);
    }

    private Slice<MemberProfile> found(
            Connection connection, DirectoryQuery query, @Nullable String kind, Wanted skill, Paging paging)
            throws SQLException {
        Map<String, String> filters = new HashMap<>();
        if (query.neighbourhood() != null) {
            filters.put("neighbourhood", query.neighbourhood());
        }
        if (kind != null) {
            filters.put("kind." + kind, "1");
        }
        if (!skill.word().isEmpty()) {
            filters.put("skill." + skill.word(), "1");
        }
        int from = paging.after().isEmpty()
                ? 0
                : (int) Math.max(0, Math.min(MAX_HITS, paging.after().get(0)));
        List<Long> hits = search.search(new SearchQuery(
                KIND, text(query.q()), filters, from, Math.min(paging.limit() + 1, MAX_HITS - from + 1)));
        // the index may be a moment behind: whoever left the directory is not shown
        List<MemberProfile> profiles = read(connection, hits).values().stream()
                .filter(Found::listed)
                .map(Found::publicly)
                .limit(paging.limit())
                .toList();
        boolean more = hits.size() > paging.limit() && from + paging.limit() < MAX_HITS;
        return new Slice<>(profiles, more ? Paging.cursor(from + paging.limit()) : null);
    }

    /** For the index: as everybody sees it; empty if the member is not listed or hidden. */
    static Optional<MemberProfile> listed(Connection connection, long member) throws SQLException {
        return read(connection, List.of(member)).values().stream()
                .filter(Found::listed)
                .map(Found::publicly)
                .findFirst();
    }

    /** The kinds that a member holds by role. */
    static Set<String> kinds(Connection connection, long member) throws SQLException {
        return Db.list(
                        connection,
                        "select distinct role from core_member_role where member_id = ?",
                        row -> row.getString(1),
                        member)
                .stream()
                .filter(KindService.KINDS::contains)
                .collect(Collectors.toSet());
    }
}
