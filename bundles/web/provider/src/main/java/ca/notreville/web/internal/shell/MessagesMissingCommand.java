// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.shell;

import ca.notreville.web.internal.i18n.Catalogue;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.NullUnmarked;

/** {@code notreville:messages-missing LANGUAGE}: what a language pack is still to say, in the form of its file. */
@Service
@Command(
        scope = "notreville",
        name = "messages-missing",
        description =
                "Lists the messages that a language lacks, with the French text; all of a language that is not installed")
@NullUnmarked // the shell sets the fields
public final class MessagesMissingCommand implements Action {

    @Reference
    Catalogue catalogue;

    @Argument(name = "language", description = "Code of two or three letters, e.g. es", required = true)
    String language;

    @Override
    @SuppressWarnings("SystemOut") // the shell gives each command its own
    public Object execute() {
        catalogue
                .missing(language.toLowerCase(Locale.ROOT))
                .forEach((key, french) -> System.out.println(line(key, french)));
        return null;
    }

    /** As a file of properties has it. */
    static String line(String key, String french) {
        String text = french.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
        return key + "=" + (text.startsWith(" ") ? "\\" : "") + text;
    }
}
