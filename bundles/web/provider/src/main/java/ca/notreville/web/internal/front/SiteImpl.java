// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.front;

import ca.notreville.web.api.Site;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The configured public address; without one, this machine's. */
@Component(configurationPid = WebConfig.PID)
public final class SiteImpl implements Site {

    private final String base;

    @Activate
    public SiteImpl(BundleContext context, WebConfig config) {
        String port = context.getProperty("notreville.port");
        String configured = config.publicUrl().strip();
        base = configured.isEmpty()
                ? "http://localhost:" + (port == null ? "8080" : port)
                : configured.replaceAll("/+$", "");
    }

    @Override
    public String address(String path) {
        return base + path;
    }
}
