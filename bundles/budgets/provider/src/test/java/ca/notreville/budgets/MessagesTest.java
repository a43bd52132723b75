// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets;

import ca.notreville.testing.MessageFiles;
import org.junit.jupiter.api.Test;

class MessagesTest {

    @Test
    void everyMessageThatIsNamedIsThereInFrenchAndEnglishWithTheSameArguments() {
        MessageFiles.of("budgets").verify();
    }
}
