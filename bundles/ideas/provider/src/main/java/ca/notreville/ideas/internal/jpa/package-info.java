// SPDX-License-Identifier: EUPL-1.2
/** Tables of the module. What is read and written most goes by plain SQL on the same connections; the rest by JPA. */
@Header(name = "Meta-Persistence", value = "META-INF/persistence.xml")
@Requirement(namespace = "osgi.extender", name = "osgi.jpa", version = "1.1.0", effective = "active")
package ca.notreville.ideas.internal.jpa;

import org.osgi.annotation.bundle.Header;
import org.osgi.annotation.bundle.Requirement;
