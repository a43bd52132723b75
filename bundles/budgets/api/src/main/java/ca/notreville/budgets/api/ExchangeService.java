// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.api;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import java.io.InputStream;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Budgets as files of Pabulib, {@code .pb} (https://pabulib.org/format): UTF-8, sections META, PROJECTS and VOTES. */
@ProviderType
public interface ExchangeService {

    /** Largest file, in bytes. */
    long MAX_BYTES = 64L * 1024 * 1024;

    int MAX_BALLOTS = 500_000;

    /** Refusals and notices that are kept, of each. */
    int MAX_NOTES = 1_000;

    /**
     * Brings in an election that was held elsewhere, with its ballots, and decides it by its rule: by most votes at once, by equal
     * shares soon after. Each line ends as a project or a
     * ballot, or with a reason. The same file again changes nothing and gives the same budget.
     *
     * @param file read to its end at most, not closed
     * @param dryRun says what would come of it and keeps nothing
     * @throws InvalidException on {@code file} if it is no such file as a whole
     * @throws ForbiddenException without {@link BudgetService#MANAGE}
     */
    Imported bring(Caller caller, InputStream file, boolean dryRun);

    /**
     * The budget as such a file. Ballots are in it once it is decided, in an order and under numbers that lead back to nobody.
     *
     * @throws NotFoundException if the caller can see no such budget
     */
    String export(Caller caller, long budget);

    /**
     * What came of a file.
     *
     * @param budget id, 0 of a dry run
     * @param projects how many were brought in
     * @param ballots how many were brought in
     * @param known whether the file had been brought in before
     * @param refusedCount lines that were refused
     * @param refused the first {@value #MAX_NOTES} of them, in the order of the file
     * @param notices what should be looked at, though nothing was refused for it
     */
    record Imported(
            long budget,
            String title,
            int projects,
            int ballots,
            boolean known,
            int refusedCount,
            List<Note> refused,
            List<Note> notices) {

        public Imported {
            refused = List.copyOf(refused);
            notices = List.copyOf(notices);
        }
    }

    /**
     * Something about a line.
     *
     * @param line on which the row begins, the first being 1
     * @param column name of the column at fault, "" if it is none in particular
     * @param code stable code, whose text is under {@code error.<code>}
     * @param detail value that the text names as {@code detail}
     */
    record Note(long line, String column, String code, String detail) {}
}
