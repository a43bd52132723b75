// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.shell;

import ca.notreville.ideas.api.Tally;
import ca.notreville.ideas.internal.VoteCheck;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.NullUnmarked;

/** {@code notreville:check-votes}: its last line begins with {@code agree:} or {@code disagree:}. */
@Service
@Command(
        scope = "notreville",
        name = "check-votes",
        description = "Compares the votes with the totals that are shown and with what lists are sorted by")
@NullUnmarked // the shell sets the fields
public final class CheckVotesCommand implements Action {

    private static final int MOST_SHOWN = 100;

    @Reference
    VoteCheck votes;

    @Override
    public Object execute() throws Exception {
        VoteCheck.Finding found = votes.check();
        found.disagreements().stream()
                .limit(MOST_SHOWN)
                .forEach(wrong -> Out.line("idea " + wrong.idea() + ": counted " + text(wrong.counted()) + ", shown "
                        + text(wrong.shown()) + ", sorted by " + wrong.folded().inFavour() + " for "
                        + wrong.folded().against() + " against"));
        Out.line((found.disagreements().isEmpty()
                        ? "agree: "
                        : "disagree: " + found.disagreements().size() + " of ")
                + found.ideas() + " ideas, " + found.votes() + " votes"
                + (found.moving() == 0
                        ? ""
                        : "; " + found.moving() + " ideas were voted on meanwhile and not compared"));
        return null;
    }

    private static String text(Tally tally) {
        return tally.inFavour() + " for " + tally.neutral() + " neutral " + tally.against() + " against";
    }
}
