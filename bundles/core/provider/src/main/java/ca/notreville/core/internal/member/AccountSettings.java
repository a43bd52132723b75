// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/**
 * What this municipality wants of accounts. In the sample town, which is there to be tried out, an account works at once; a
 * real one asks first that the address is its owner's.
 */
@Component(service = AccountSettings.class, configurationPid = AccountsConfig.PID)
@Designate(ocd = AccountsConfig.class)
public final class AccountSettings {

    private static final String SAMPLE = "notreville.sample";

    private final boolean sample;
    private volatile AccountsConfig config;

    @Activate
    public AccountSettings(BundleContext context, AccountsConfig config) {
        this(Boolean.parseBoolean(context.getProperty(SAMPLE)), config);
    }

    AccountSettings(boolean sample, AccountsConfig config) {
        this.sample = sample;
        this.config = config;
    }

    @Modified
    void change(AccountsConfig other) {
        config = other;
    }

    /** Whether an account counts only once its address is confirmed. */
    public boolean confirmationRequired() {
        return wanted(config.confirmation());
    }

    /** Whether the roles of staff and administrators count only with a second factor. */
    public boolean secondFactorRequired() {
        return wanted(config.secondFactor());
    }

    int signUpsPerAddress() {
        return sample ? Integer.MAX_VALUE : config.signUpsPerAddress();
    }

    private boolean wanted(String word) {
        return word.equals("required") || (word.equals("default") && !sample);
    }
}
