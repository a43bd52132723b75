// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.shell;

import ca.notreville.core.api.search.SearchService;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.NullUnmarked;

/** {@code notreville:reindex [kind]} */
@Service
@Command(
        scope = "notreville",
        name = "reindex",
        description = "Builds the search index of this node anew, of one kind or of all")
@NullUnmarked // the shell sets the fields
public final class ReindexCommand implements Action {

    @Argument(name = "kind", description = "idea, project …; all of them unless told")
    String kind;

    @Reference
    SearchService search;

    @Override
    public Object execute() {
        for (String known : search.kinds()) {
            if (kind == null || kind.equals(known)) {
                search.rebuild(known);
                Out.line("building anew: " + known);
            }
        }
        return null;
    }
}
