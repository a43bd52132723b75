// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.pabulib;

import ca.notreville.budgets.api.BallotKind;
import ca.notreville.budgets.api.BudgetDraft;
import ca.notreville.budgets.api.BudgetService;
import ca.notreville.budgets.api.ExchangeService;
import ca.notreville.budgets.api.ExchangeService.Note;
import ca.notreville.budgets.api.ProjectDraft;
import ca.notreville.budgets.api.Rule;
import ca.notreville.budgets.internal.allocation.Election;
import ca.notreville.budgets.internal.pabulib.PbText.Line;
import ca.notreville.core.api.error.Fields;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An election read from a {@code .pb} file: what could be taken of it, and what could not, line by line. */
public final class PbElection {

    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}([.,][0-9]{1,6})?");
    private static final Pattern POINTS = Pattern.compile("-?[0-9]{1,7}([.][0-9]{1,6})?");
    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,9})([.]0*)?");
    private static final Pattern BLANK = Pattern.compile("[\\s\\u00A0\\u202F]");
    private static final int MAX_VOTER = 120;

    /**
     * @param code its {@code project_id}
     * @param cost in cents
     * @param published votes that the file gives it, -1 if it does not say
     * @param score points that the file gives it, in thousandths, {@code Long.MIN_VALUE} if it does not say
     * @param selected whether it was chosen according to the file; {@code null} if it does not say, or not so
     */
    public record Project(
            long line,
            String code,
            String name,
            String description,
            String category,
            String place,
            long cost,
            long published,
            long score,
            @Nullable Boolean selected) {}

    /**
     * @param projects numbers of the projects in the list
     * @param points for each of them, in thousandths
     */
    @SuppressWarnings("ArrayRecordComponent") // read once and written to the database
    public record Ballot(String voter, int[] projects, long[] points, int strength) {}

    private final List<Project> projects = new ArrayList<>();
    private final List<Ballot> ballots = new ArrayList<>();
    private final List<Note> refused = new ArrayList<>();
    private final List<Note> notices = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final PbText text;
    private final String voteType;
    private final BallotKind kind;
    private final Rule rule;
    private final long money;
    private final long minLength;
    private final long maxLength;
    private int refusedCount;

    private PbElection(PbText text) {
        this.text = text;
        voteType = text.meta("vote_type").toLowerCase(Locale.ROOT);
        kind = kind(text);
        rule = rule();
        money = cents(text.meta("budget"));
        if (money <= 0 || money > BudgetService.MAX_AMOUNT) {
            throw PbText.refused("budgets.pb-budget", text.meta("budget"), line("budget"));
        }
        readProjects();
        minLength =
                whole("min_length", "min_length_unit", "min_length_district").orElse(0);
        maxLength = voteType.equals("choose-1")
                ? 1
                : whole("max_length", "max_length_unit", "max_length_district").orElse(projects.size());
        readVotes();
        compare();
    }

    /**
     * @param in read to its end at most, not closed
     * @throws ca.notreville.core.api.error.InvalidException on {@code file} if it is no such file as a whole
     */
    public static PbElection read(InputStream in) {
        return new PbElection(PbText.read(in));
    }

    private BallotKind kind(PbText file) {
        return switch (voteType) {
            case "approval", "choose-1" ->
                file.meta("max_sum_cost").isEmpty() ? BallotKind.APPROVAL : BallotKind.KNAPSACK;
            case "ordinal" -> BallotKind.RANKING;
            case "cumulative", "scoring" -> BallotKind.POINTS;
            default -> throw PbText.refused("budgets.pb-vote-type", voteType, line("vote_type"));
        };
    }

    private Rule rule() {
        String name = text.meta("rule").toLowerCase(Locale.ROOT);
        switch (name) {
            case "greedy", "greedy-threshold":
                return Rule.MOST_VOTES;
            case "greedy-no-skip":
                return Rule.MOST_VOTES_UNTIL_FULL;
            case "equalshares":
                return Rule.EQUAL_SHARES_ONCE;
            case "equalshares/add1":
                return Rule.EQUAL_SHARES_RAISED;
            default:
                note(notices, line("rule"), "rule", "budgets.pb-rule", name);
                return name.startsWith("equalshares/add1")
                        ? Rule.EQUAL_SHARES_RAISED
                        : name.startsWith("equalshares") ? Rule.EQUAL_SHARES_ONCE : Rule.MOST_VOTES;
        }
    }

    private void readProjects() {
        for (Line line : text.projects().lines()) {
            String code = text.projects().cell(line, "project_id");
            String amount = text.projects().cell(line, "cost");
            long cost = cents(amount);
            if (code.isEmpty() || code.length() > ProjectDraft.MAX_CODE) {
                refuse(line, "project_id", "budgets.pb-id", code);
            } else if (numbers.containsKey(code)) {
                refuse(line, "project_id", "budgets.pb-project-twice", code);
            } else if (text.projects().tooWide(line)) {
                refuse(line, "", "budgets.pb-too-wide", code);
            } else if (cost < 0 || cost > BudgetService.MAX_AMOUNT) {
                refuse(line, "cost", "budgets.pb-cost", amount);
            } else if (projects.size() == BudgetService.MAX_PROJECTS) {
                refuse(line, "", "budgets.pb-too-many-projects", code);
            } else {
                numbers.put(code, projects.size());
                projects.add(project(line, code, cost));
            }
        }
        if (projects.isEmpty()) {
            throw PbText.refused("budgets.pb-no-projects", "", 0);
        }
    }

    private Project project(Line line, String code, long cost) {
        String name = cut(text.projects().cell(line, "name"), ProjectDraft.MAX_TITLE);
        String place = text.projects().cell(line, "neighborhood");
        String published = text.projects().cell(line, "votes");
        String score = text.projects().cell(line, "score");
        String selected = text.projects().cell(line, "selected");
        return new Project(
                line.number(),
                code,
                name.isEmpty() ? code : name,
                cut(text.projects().cell(line, "description"), ProjectDraft.MAX_DESCRIPTION),
                cut(text.projects().cell(line, "category"), ProjectDraft.MAX_CATEGORY),
                cut(place.isEmpty() ? text.projects().cell(line, "district") : place, ProjectDraft.MAX_PLACE),
                cost,
                whole(published).orElse(-1),
                points(score).orElse(Long.MIN_VALUE),
                selected.equals("1") ? Boolean.TRUE : selected.equals("0") ? Boolean.FALSE : null);
    }

    private void readVotes() {
        Set<String> voters = new HashSet<>();
        boolean pointed = text.votes().has("points") && kind.pointed();
        for (Line line : text.votes().lines()) {
            String voter = text.votes().cell(line, "voter_id");
            String points = pointed ? text.votes().cell(line, "points") : "";
            if (voter.isEmpty() || voter.length() > MAX_VOTER) {
                refuse(line, "voter_id", "budgets.pb-id", voter);
            } else if (text.votes().tooWide(line)) {
                refuse(line, "", "budgets.pb-too-wide", voter);
            } else if (ballots.size() == ExchangeService.MAX_BALLOTS) {
                refuse(line, "", "budgets.pb-too-many-ballots", voter);
            } else if (voters.contains(voter)) {
                refuse(line, "voter_id", "budgets.pb-voter-twice", voter);
            } else {
                Ballot ballot = ballot(line, voter, list(text.votes().cell(line, "vote")), list(points));
                if (ballot != null) {
                    voters.add(voter);
                    ballots.add(ballot);
                }
            }
        }
    }

    private @Nullable Ballot ballot(Line line, String voter, List<String> codes, List<String> given) {
        if (codes.size() > maxLength || codes.size() < minLength) {
            refuse(
                    line,
                    "vote",
                    codes.size() > maxLength ? "budgets.pb-too-long" : "budgets.pb-too-short",
                    "" + codes.size());
            return null;
        }
        int[] chosen = new int[codes.size()];
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < chosen.length; i++) {
            Integer number = numbers.get(codes.get(i));
            if (number == null || !seen.add(codes.get(i))) {
                refuse(line, "vote", number == null ? "budgets.pb-unknown" : "budgets.pb-named-twice", codes.get(i));
                return null;
            }
            chosen[i] = number;
        }
        boolean required = kind == BallotKind.POINTS;
        if (given.size() != chosen.length && (required || !given.isEmpty())) {
            refuse(line, "points", "budgets.pb-points-count", given.size() + "/" + chosen.length);
            return null;
        }
        long[] points = new long[chosen.length];
        for (int i = 0; i < points.length; i++) {
            if (!kind.pointed()) {
                points[i] = Election.POINT;
            } else if (given.isEmpty()) {
                points[i] = (points.length - i) * Election.POINT;
            } else {
                OptionalLong read = points(given.get(i));
                if (read.isEmpty()
                        || read.getAsLong() < 0 && voteType.equals("cumulative")
                        || outOfRange(read.getAsLong())) {
                    refuse(line, "points", "budgets.pb-points", given.get(i));
                    return null;
                }
                points[i] = read.getAsLong();
            }
        }
        // some files count one row as several voters
        long strength = whole(text.votes().cell(line, "vote_strength")).orElse(1);
        return new Ballot(voter, chosen, points, (int) Math.max(1, Math.min(strength, 1_000_000)));
    }

    private boolean outOfRange(long points) {
        OptionalLong least = points(text.meta("min_points"));
        OptionalLong most = points(text.meta("max_points"));
        return least.isPresent() && points < least.getAsLong() || most.isPresent() && points > most.getAsLong();
    }

    /** Says where the file's own counts are others than those of its ballots. */
    private void compare() {
        Election election = election();
        long[] votes = election.votes();
        long[] points = election.points();
        for (int i = 0; i < votes.length; i++) {
            Project project = projects.get(i);
            if (project.published >= 0 && project.published != votes[i]) {
                note(
                        notices,
                        project.line,
                        "votes",
                        "budgets.pb-votes-differ",
                        project.code + ": " + project.published + " ≠ " + votes[i]);
            }
            if (kind.pointed() && project.score != Long.MIN_VALUE && project.score != points[i]) {
                note(
                        notices,
                        project.line,
                        "score",
                        "budgets.pb-votes-differ",
                        project.code + ": " + decimal(project.score) + " ≠ " + decimal(points[i]));
            }
        }
        count("num_projects", projects.size());
        count("num_votes", ballots.size());
    }

    private void count(String key, int found) {
        OptionalLong told = whole(text.meta(key));
        if (told.isPresent() && told.getAsLong() != found) {
            note(notices, line(key), key, "budgets.pb-count-differs", told.getAsLong() + " ≠ " + found);
        }
    }

    /** What is to be decided. */
    public Election election() {
        Election.Builder builder = new Election.Builder();
        ballots.forEach(ballot -> builder.add(ballot.projects, ballot.points, ballot.strength));
        return builder.build(money, projects.stream().map(Project::cost).toList(), kind.pointed(), minimum());
    }

    /** Votes, or points in thousandths, that a project must have. */
    public long minimum() {
        long whole = whole(text.meta("min_project_score_threshold")).orElse(0);
        return kind.pointed() ? whole * Election.POINT : whole;
    }

    public BallotKind kind() {
        return kind;
    }

    public Rule decidedBy() {
        return rule;
    }

    public long money() {
        return money;
    }

    public int minimumLength() {
        return (int) Math.max(1, Math.min(minLength, projects.size()));
    }

    public int maximumLength() {
        return (int) Math.max(1, Math.min(maxLength, projects.size()));
    }

    /** Points that a ballot may deal, 0 if the file does not say. */
    public int pointsToDeal() {
        return (int) whole(text.meta("max_sum_points")).orElse(0);
    }

    /** {@code Toulouse, 2022 – 6 - Saint-Cyprien} */
    public String title() {
        StringBuilder title = new StringBuilder();
        for (String key : List.of("unit", "instance", "subunit")) {
            String part = Fields.clean(text.meta(key));
            if (!part.isEmpty()) {
                title.append(title.isEmpty() ? "" : key.equals("subunit") ? " – " : ", ")
                        .append(part);
            }
        }
        String whole = title.isEmpty() ? Fields.clean(text.meta("description")) : title.toString();
        return cut(whole.isEmpty() ? "Pabulib" : whole, BudgetDraft.MAX_TITLE);
    }

    public String description() {
        return cut(text.meta("description"), BudgetDraft.MAX_DESCRIPTION);
    }

    /** ISO 4217, {@code CAD} if the file does not say. */
    public String currency() {
        String code = text.meta("currency").toUpperCase(Locale.ROOT);
        return code.matches("[A-Z]{3}") ? code : "CAD";
    }

    /** As written: {@code 03.10.2022} or {@code 2022}. */
    public String begin() {
        return text.meta("date_begin");
    }

    public String end() {
        return text.meta("date_end");
    }

    public List<Project> projects() {
        return List.copyOf(projects);
    }

    public List<Ballot> ballots() {
        return List.copyOf(ballots);
    }

    public List<Note> refused() {
        return List.copyOf(refused);
    }

    public int refusedCount() {
        return refusedCount;
    }

    public List<Note> notices() {
        return List.copyOf(notices);
    }

    private void refuse(Line line, String column, String code, String detail) {
        refusedCount++;
        note(refused, line.number(), column, code, detail);
    }

    private static void note(List<Note> notes, long line, String column, String code, String detail) {
        if (notes.size() < ExchangeService.MAX_NOTES) {
            notes.add(new Note(line, column, code, cut(detail, 120)));
        }
    }

    private long line(String key) {
        Line line = text.meta().get(key);
        return line == null ? 0 : line.number();
    }

    private static List<String> list(String cell) {
        List<String> items = new ArrayList<>();
        for (String item : cell.split(",", -1)) {
            if (!item.isBlank()) {
                items.add(item.strip());
            }
        }
        return items;
    }

    private static String cut(String text, int most) {
        String clean = Fields.clean(text);
        return clean.codePointCount(0, clean.length()) <= most
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** -1 if it is no amount, or not of whole cents. */
    private static long cents(String amount) {
        String plain = BLANK.matcher(amount).replaceAll("");
        if (!AMOUNT.matcher(plain).matches()) {
            return -1;
        }
        BigDecimal cents = new BigDecimal(plain.replace(',', '.')).movePointRight(2);
        return cents.stripTrailingZeros().scale() > 0 ? -1 : cents.longValueExact();
    }

    private static OptionalLong points(String number) {
        if (!POINTS.matcher(number).matches()) {
            return OptionalLong.empty();
        }
        BigDecimal thousandths = new BigDecimal(number).movePointRight(3);
        return thousandths.stripTrailingZeros().scale() > 0
                ? OptionalLong.empty()
                : OptionalLong.of(thousandths.longValueExact());
    }

    private OptionalLong whole(String... keys) {
        for (String key : keys) {
            OptionalLong found = whole(text.meta(key));
            if (found.isPresent()) {
                return found;
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong whole(String number) {
        var matcher = WHOLE.matcher(number);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** {@code 2.5}, {@code 3} */
    public static String decimal(long thousandths) {
        return BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
    }
}
