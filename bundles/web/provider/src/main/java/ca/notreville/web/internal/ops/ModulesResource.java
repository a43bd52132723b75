// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.ops;

import ca.notreville.core.api.module.ModuleRegistry;
import ca.notreville.core.api.module.ModuleStatus;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;

/** Which modules there are. */
@Path("/api/v1/modules")
@Produces(MediaType.APPLICATION_JSON)
public final class ModulesResource {

    private final ModuleRegistry registry;

    ModulesResource(ModuleRegistry registry) {
        this.registry = registry;
    }

    @GET
    @Operation(summary = "The installed modules, their version and what they do now")
    public List<ModuleView> list() {
        return registry.modules().stream().map(ModuleView::of).toList();
    }

    /** @param state {@code active}, {@code waiting} or {@code stopped} */
    public record ModuleView(String id, String version, String state) {
        static ModuleView of(ModuleStatus status) {
            return new ModuleView(status.id(), status.version(), status.state().word());
        }
    }
}
