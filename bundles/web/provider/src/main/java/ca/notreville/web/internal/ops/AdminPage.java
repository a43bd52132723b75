// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.ops;

import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Visit;
import ca.notreville.web.internal.page.Portal;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

/** The way to everything that staff and administrators look after. */
@Path("/admin")
@Produces(MediaType.TEXT_HTML)
public final class AdminPage {

    private final Portal portal;

    AdminPage(Portal portal) {
        this.portal = portal;
    }

    @GET
    public Answer show(@Context Visit visit) {
        return portal.admin(visit);
    }
}
