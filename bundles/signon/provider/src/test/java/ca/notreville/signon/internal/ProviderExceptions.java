// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal;

import ca.notreville.signon.internal.ProviderException.Reason;

/** For the tests of other packages. */
public final class ProviderExceptions {

    private ProviderExceptions() {}

    public static ProviderException down() {
        return new ProviderException(Reason.DOWN, "it is down", null);
    }

    public static ProviderException refused() {
        return ProviderException.refused("it says no");
    }
}
