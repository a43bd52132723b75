// SPDX-License-Identifier: EUPL-1.2
/** Participatory budgets: money, projects, ballots, and which projects get the money and why. */
@Export
@Version("1.0.0")
@NullMarked
package ca.notreville.budgets.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
