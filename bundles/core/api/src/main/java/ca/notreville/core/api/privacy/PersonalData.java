// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.privacy;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a module knows of a member, as a whiteboard service. Called on a worker thread. An installed module without one knows
 * nothing of members.
 */
@ConsumerType
public interface PersonalData {

    /** The module's word. */
    String module();

    /**
     * Everything that the module knows of this member, without secrets: lists of records by a name that says what they are.
     * Values are texts, numbers, booleans, lists and maps.
     */
    Map<String, List<Map<String, Object>>> export(long member);

    /**
     * Makes the module forget who the member is. What they gave to everybody stays without them: contributions under "somebody
     * who is no more a member", and totals as they are. Called once the member cannot act any more; called again after it was
     * killed anywhere, and then does the rest.
     *
     * @return how many rows still name the member, 0 if it is done; what is not done is tried again later
     */
    long erase(long member);
}
