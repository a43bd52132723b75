// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.ops;

import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.module.ModuleRegistry;
import ca.notreville.web.internal.rest.Problem;
import ca.notreville.web.internal.rest.Routes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.io.InputStream;
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
    private static final String SCHEMAS = "/components/schemas";
    private static final String REF = "$ref";
    private static final String REFERENCE = "#" + SCHEMAS + "/";
    private static final String PROBLEM = "Problem";

    private final BundleContext context;
    private final ObjectMapper mapper = new ObjectMapper();

    OpenApiResource(BundleContext context) {
        this.context = context;
    }

    @GET
    @Operation(summary = "The OpenAPI description of all modules, or of one", hidden = true)
    public JsonNode document(@QueryParam("module") @Nullable String module) throws IOException {
        ObjectNode merged = mapper.createObjectNode();
        merged.put("openapi", "3.0.1");
        merged.putObject("info").put("title", "Notreville").put("version", "1");
        ObjectNode paths = merged.putObject("paths");
        ObjectNode schemas = mapper.createObjectNode();
        boolean found = false;
        for (Bundle bundle : running()) {
            String id = bundle.getHeaders().get(ModuleRegistry.HEADER);
            if (module == null || module.equals(id)) {
                URL entry = bundle.getEntry(DOCUMENT);
                if (entry != null) {
                    JsonNode document = read(entry);
                    qualify(document, id);
                    copyOperations(document.path("paths"), paths);
                    document.at(SCHEMAS)
                            .properties()
                            .forEach(schema -> schemas.set(qualified(id, schema.getKey()), schema.getValue()));
                    found = true;
                }
            }
        }
        if (!found) {
            throw new NotFoundException();
        }
        paths.forEach(path -> path.forEach(operation -> complete((ObjectNode) operation)));
        schemas.set(PROBLEM, problem());
        ObjectNode components = merged.putObject("components");
        components.set("schemas", schemas);
        components
                .putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer");
        merged.putArray("security").addObject();
        merged.withArray("security").addObject().putArray("bearer");
        return merged;
    }

    /** Modules may use the same word for different things. */
    private static String qualified(String module, String schema) {
        return module + "." + schema;
    }

    /** Makes what refers to a schema of the module's own say whose it is. */
    private static void qualify(JsonNode node, String module) {
        if (node instanceof ObjectNode object) {
            String reference = object.path(REF).asText();
            if (reference.startsWith(REFERENCE)) {
                object.put(REF, REFERENCE + qualified(module, reference.substring(REFERENCE.length())));
            }
        }
        node.forEach(child -> qualify(child, module));
    }

    /** What holds for every operation, and so is written by none: how it fails; and a name that is unique among all modules. */
    private static void complete(ObjectNode operation) {
        String tag = operation.path("tags").path(0).asText("portal");
        operation.put("operationId", tag + "-" + operation.path("operationId").asText());
        operation
                .withObject("/responses")
                .putObject("default")
                .put("description", "A problem (RFC 9457)")
                .putObject("content")
                .putObject(Problem.MEDIA_TYPE)
                .putObject("schema")
                .put(REF, REFERENCE + PROBLEM);
    }

    private ObjectNode problem() {
        ObjectNode schema = mapper.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (String text : List.of("type", "title", "detail", "code", "requestId")) {
            properties.putObject(text).put("type", "string");
        }
        properties.putObject("status").put("type", "integer");
        ObjectNode field = properties
                .putObject("errors")
                .put("type", "array")
                .putObject("items")
                .put("type", "object")
                .putObject("properties");
        for (String text : List.of("field", "code", "message")) {
            field.putObject(text).put("type", "string");
        }
        schema.putArray("required")
                .add("type")
                .add("title")
                .add("status")
                .add("detail")
                .add("code");
        return schema;
    }

    private JsonNode read(URL entry) throws IOException {
        try (InputStream in = entry.openStream()) {
            return mapper.readTree(in);
        }
    }

    private List<Bundle> running() {
        return Arrays.stream(context.getBundles())
                .filter(b -> b.getState() == Bundle.ACTIVE && b.getHeaders().get(ModuleRegistry.HEADER) != null)
                .toList();
    }

    private static void copyOperations(JsonNode from, ObjectNode to) {
        from.properties().forEach(field -> {
            // pages are resources too, but no part of the interface
            if (field.getKey().startsWith(Routes.API)) {
                to.set(field.getKey(), field.getValue());
            }
        });
    }
}
