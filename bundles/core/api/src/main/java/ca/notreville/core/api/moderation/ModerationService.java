// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.moderation;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.moderation.ModeratedContent.Item;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reports, decisions and appeals. Each call is one transaction; each decision stands in the audit log and is told to the author
 * by letter, in that same transaction.
 */
@ProviderType
public interface ModerationService {

    /** Report content. */
    String REPORT = "core.report";

    /** Decide about content, in the whole town or in a neighbourhood. */
    String MODERATE = "core.moderate";

    /** Keep the list of blocked words. */
    String WORDS = "core.blocked-words";

    int MAX_NOTE = 1_000;
    int MIN_REASON = 10;
    int MAX_REASON = 2_000;
    int MAX_APPEAL = 2_000;
    int MAX_WORD = 60;
    int APPEAL_DAYS = 30;
    List<Integer> SUSPENSION_DAYS = List.of(1, 7, 30, 90);

    /** What can be reported here. */
    boolean reportable(String kind);

    /**
     * @throws NotFoundException if there is nothing to report
     */
    Item item(Caller caller, Initiative item);

    /**
     * Reports something once; a second report of the same person about the same thing changes nothing.
     *
     * @throws InvalidException on {@code reason} or {@code note} (needed for {@link Reason#OTHER})
     * @throws NotFoundException if there is nothing of the kind
     * @throws ConflictException {@code core.own-report} on what is one's own
     * @throws TooManyRequestsException {@code core.too-many-contributions}
     */
    void report(Caller caller, Initiative item, @Nullable String reason, @Nullable String note);

    /**
     * What waits for a decision, what has waited longest first; a moderator of a neighbourhood sees only that neighbourhood's.
     *
     * @param filter {@code kind}, {@code source} and {@code neighbourhood}
     * @param paging cursors of this list have two numbers
     * @throws ForbiddenException without {@link #MODERATE} anywhere
     */
    Slice<Case> queue(Caller caller, Filter filter, Paging paging);

    /** What was decided, the latest first; otherwise as {@link #queue}. */
    Slice<Case> decided(Caller caller, Filter filter, Paging paging);

    int CURSOR_SIZE = 2;

    /**
     * For moderators of the place, and for the author once it was decided.
     *
     * @throws NotFoundException for everybody else
     */
    Case get(Caller caller, long id);

    /** What was reported, the earliest first; for moderators of the place. */
    List<Report> reports(Caller caller, long id);

    /**
     * Decides a case, or an appeal. Of two who decide at once the first is heard.
     *
     * @param days for {@link Decision#SUSPEND}, one of {@link #SUSPENSION_DAYS}
     * @throws InvalidException on {@code decision}, {@code reason} or {@code days}
     * @throws ConflictException {@code core.case-decided} if somebody else was faster, {@code core.case-own} about what is one's
     *     own, {@code core.case-appeal} if another moderator is there to look at an appeal against one's own decision
     */
    Case decide(Caller caller, long id, @Nullable String decision, @Nullable String reason, @Nullable Integer days);

    /**
     * The author asks another moderator to look at a decision, once, within {@value #APPEAL_DAYS} days.
     *
     * @throws InvalidException on {@code appeal}
     * @throws NotFoundException for everybody but the author
     * @throws ConflictException {@code core.appeal-too-late}, {@code core.appeal-once}
     */
    Case appeal(Caller caller, long id, @Nullable String text);

    /** Whether it is hidden by a decision, for kinds that keep no such note themselves. */
    boolean hidden(Initiative item);

    /** In numbers, for everybody. */
    Numbers numbers();

    /** @throws ForbiddenException without {@link #WORDS} */
    List<BlockedWord> words(Caller caller);

    /**
     * @param refuse whether a text with the word is refused rather than held for a moderator
     * @throws InvalidException on {@code word}
     */
    void block(Caller caller, @Nullable String word, boolean refuse);

    void unblock(Caller caller, String word);

    /** Why something is reported. */
    enum Reason {
        SPAM,
        INSULT,
        HATE,
        PERSONAL,
        FALSE,
        OFF_TOPIC,
        OTHER;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static List<String> words() {
            return Arrays.stream(values()).map(Reason::word).toList();
        }
    }

    /** What a moderator can do. */
    enum Decision {
        /** Take it away. */
        HIDE,
        /** Show it (again). */
        RESTORE,
        /** Leave it as it is. */
        DISMISS,
        /** Leave it, and say a word to the author. */
        WARN,
        /** Take it away, and let the author contribute nothing for some days. */
        SUSPEND;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static List<String> words() {
            return Arrays.stream(values()).map(Decision::word).toList();
        }
    }

    /** Where a case stands. */
    enum State {
        OPEN,
        DECIDED,
        APPEALED,
        CLOSED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean waiting() {
            return this == OPEN || this == APPEALED;
        }
    }

    /**
     * @param kind of content, {@code null} for all
     * @param source {@code report}, {@code held} or {@code appeal}, {@code null} for all
     * @param neighbourhood id, {@code null} for all
     */
    record Filter(
            @Nullable String kind,
            @Nullable String source,
            @Nullable String neighbourhood) {
        public static final Filter ALL = new Filter(null, null, null);
        public static final List<String> SOURCES = List.of("report", "held", "appeal");
    }

    /**
     * @param source {@code report}, or {@code held} if nobody but its author has seen it yet
     * @param title of the item when the case was opened
     * @param path where the item stands
     * @param author 0 for nobody here
     * @param reports how many people reported it
     * @param signs why it was held, as words
     * @param waitingSince {@code null} if nothing waits
     * @param decision {@code null} while it is open; of an appeal that was decided, the last one
     * @param decidedBy id of the moderator, 0 if nobody did
     * @param suspendedUntil for {@link Decision#SUSPEND}
     * @param appeal what the author says against it, "" if nothing
     * @param first what was decided before the appeal, {@code null} if there was none
     */
    record Case(
            long id,
            Initiative item,
            String source,
            State state,
            String title,
            String path,
            long author,
            @Nullable String neighbourhood,
            int reports,
            List<String> signs,
            Instant openedAt,
            @Nullable Instant waitingSince,
            @Nullable Decision decision,
            String reason,
            long decidedBy,
            @Nullable Instant decidedAt,
            @Nullable Instant suspendedUntil,
            String appeal,
            @Nullable Decision first) {
        public Case {
            signs = List.copyOf(signs);
        }
    }

    /** @param reason word of a {@link Reason} */
    record Report(long reporter, String reason, String note, Instant at) {}

    /** @param word as a moderator wrote it */
    record BlockedWord(String word, boolean refuse, Instant since) {}

    /**
     * What moderation did in the last twelve months.
     *
     * @param reports by reason
     * @param decisions by decision, appeals included
     * @param held how many contributions waited for a moderator
     * @param appeals how many authors appealed
     * @param overturned of those, how many were decided otherwise
     * @param medianHours from the opening of a case to its decision, empty if there was none
     * @param waiting how many wait now
     */
    record Numbers(
            LocalDate since,
            Map<String, Integer> reports,
            Map<String, Integer> decisions,
            int held,
            int appeals,
            int overturned,
            Optional<Integer> medianHours,
            int waiting) {
        public Numbers {
            reports = Map.copyOf(reports);
            decisions = Map.copyOf(decisions);
        }
    }
}
