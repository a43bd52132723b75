// SPDX-License-Identifier: EUPL-1.2
/** Tables of the core. An entity never leaves this bundle. */
@Header(name = "Meta-Persistence", value = "META-INF/persistence.xml")
@Requirement(namespace = "osgi.extender", name = "osgi.jpa", version = "1.1.0", effective = "active")
package ca.notreville.core.internal.jpa;

import org.osgi.annotation.bundle.Header;
import org.osgi.annotation.bundle.Requirement;
