// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import org.osgi.annotation.versioning.ProviderType;

/** The pictures under maps. There are none unless the municipality names a server for them; pages may then show its pictures. */
@ProviderType
public interface MapTiles {

    /** With {@code {z}}, {@code {x}}, {@code {y}}; "" for none. */
    String url();

    /** Whom to credit, plain text; "" for nobody. */
    String attribution();
}
