// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.notify;

import ca.notreville.core.api.notify.Delivery.Mail;
import ca.notreville.core.api.notify.NewsKind;
import ca.notreville.core.api.notify.NewsKinds;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The core's own kinds of news. */
@Component
public final class CoreNews implements NewsKinds {

    /** Somebody answered what I said. */
    public static final String ANSWER = "core.answer";

    /** Somebody took part in a discussion that I follow. */
    public static final String COMMENT = "core.comment";

    /** Somebody calls us. */
    public static final String CALL = "core.call";

    /** What came of a call that I answered. */
    public static final String RESULT = "core.call-result";

    @Override
    public List<NewsKind> kinds() {
        return List.of(
                NewsKind.of(ANSWER, Mail.ONCE),
                NewsKind.of(CALL, Mail.ONCE),
                NewsKind.of(RESULT, Mail.ONCE),
                NewsKind.of(COMMENT, Mail.DAILY));
    }
}
