// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

/** What a page's resource method returns. */
public sealed interface Answer permits Page, Redirect, Away {}
