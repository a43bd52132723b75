// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.territory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A territory that was read from a file, and what it would change, or did.
 *
 * @param madeAt when the file was read; forgotten a day later
 * @param appliedAt when it became the territory, {@code null} until then
 * @param changes what becomes of each neighbourhood, by name; once applied, what became of it
 * @param notices what is to be known about the file, in its order
 * @param neighbourhoods the territory as the file has it, by name; empty if anything in it was refused
 */
public record GeoImport(
        long id,
        Instant madeAt,
        @Nullable Instant appliedAt,
        List<Change> changes,
        List<Notice> notices,
        List<Neighbourhood> neighbourhoods) {

    public GeoImport {
        changes = List.copyOf(changes);
        notices = List.copyOf(notices);
        neighbourhoods = List.copyOf(neighbourhoods);
    }

    /** Whether anything in the file is so wrong that none of it can be taken. */
    public boolean refused() {
        return notices.stream().anyMatch(notice -> notice.severity() == Severity.REFUSED);
    }

    public long count(Fate fate) {
        return changes.stream().filter(change -> change.fate() == fate).count();
    }

    /** What becomes of one neighbourhood. */
    public enum Fate {
        ADDED,
        CHANGED,
        UNCHANGED,
        /** Not in the file, and something is pinned to it, or nothing was to go. */
        KEPT,
        REMOVED;

        /** As written over REST: {@code added}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * @param neighbourhood id
     */
    public record Change(Fate fate, String neighbourhood, String name) {}

    /** How bad it is. */
    public enum Severity {
        /** Cannot be taken. */
        REFUSED,
        /** Was put right. */
        MENDED,
        /** Is taken as it is, but somebody should look. */
        NOTED;

        /** As written over REST: {@code refused}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * Something about one feature of the file.
     *
     * @param feature its index in {@code features}, from 0
     * @param name what it is called, "" if that is not known
     * @param code stable; its text is under {@code error.<code>}
     * @param arguments values that the text names
     */
    public record Notice(Severity severity, int feature, String name, String code, Map<String, Object> arguments) {
        public Notice {
            arguments = Map.copyOf(arguments);
        }
    }
}
