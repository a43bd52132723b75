// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.follow;

import java.util.List;
import java.util.Locale;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes the themes of one module known, as a whiteboard service. Called on any thread, for each page that lists them. */
@ConsumerType
public interface TagSource {

    /** A hundred at most, in the order in which people are shown them. */
    List<Tag> tags(Locale language);
}
