// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.ops;

import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.module.ModuleRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * The description of the whole REST interface (OpenAPI 3): the {@code openapi.json} that the build wrote into each module's
 * bundle, merged for the modules that run now.
 */
@Path("/api/v1/openapi.json")
@Produces(MediaType.APPLICATION_JSON)
public final class OpenApiResource {

    private static final String DOCUMENT = "openapi.json";

    private final BundleContext context;
    private final ObjectMapper mapper = new ObjectMapper();

    OpenApiResource(BundleContext context) {
        this.context = context;
    }

    @GET
    @Operation(summary = "The OpenAPI description of all modules, or of one")
    public JsonNode document(@QueryParam("module") @Nullable String module) throws IOException {
        ObjectNode merged = mapper.createObjectNode();
        merged.put("openapi", "3.0.1");
        merged.putObject("info").put("title", "Notreville").put("version", "1");
        ObjectNode paths = merged.putObject("paths");
        ObjectNode schemas = mapper.createObjectNode();
        boolean found = false;
        for (Bundle bundle : running()) {
            if (module == null || module.equals(bundle.getHeaders().get(ModuleRegistry.HEADER))) {
                URL entry = bundle.getEntry(DOCUMENT);
                if (entry != null) {
                    JsonNode document = mapper.readTree(entry);
                    copy(document.path("paths"), paths);
                    copy(document.path("components").path("schemas"), schemas);
                    found = true;
                }
            }
        }
        if (!found) {
            throw new NotFoundException();
        }
        merged.putObject("components").set("schemas", schemas);
        return merged;
    }

    private List<Bundle> running() {
        return Arrays.stream(context.getBundles())
                .filter(b -> b.getState() == Bundle.ACTIVE && b.getHeaders().get(ModuleRegistry.HEADER) != null)
                .toList();
    }

    private static void copy(JsonNode from, ObjectNode to) {
        from.fields().forEachRemaining(field -> to.set(field.getKey(), field.getValue()));
    }
}
