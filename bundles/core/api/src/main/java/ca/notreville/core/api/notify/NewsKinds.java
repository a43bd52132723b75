// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.notify;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Declares the kinds of news of one module, as a whiteboard service. News of an undeclared kind are told on the site only. */
@ConsumerType
public interface NewsKinds {

    /** In the order in which members are asked about them. */
    List<NewsKind> kinds();
}
