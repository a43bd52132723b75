// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core;

import ca.notreville.testing.MessageFiles;
import org.junit.jupiter.api.Test;

class MessagesTest {

    @Test
    void everyMessageThatIsNamedIsThereInFrenchAndEnglishWithTheSameArguments() {
        MessageFiles.of("core").verify();
    }
}
