// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Holds answers against the description of the interface. Stricter than JSON Schema in one thing: what the description lists is
 * all there is, since what is sent and not described is not known to those who rely on it.
 */
final class OpenApi {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    private final JsonNode document;

    OpenApi(JsonNode document) {
        this.document = document;
    }

    JsonNode document() {
        return document;
    }

    /** Checks an answer to a request; a path that is not described may only be answered with "not found" or "not allowed". */
    void check(String method, String pathAndQuery, Api.Answer answer) {
        String path = pathAndQuery.replaceAll("\\?.*", "");
        String what = method + " " + path + " → " + answer.status();
        if (answer.status() >= 400) {
            List<String> faults = new ArrayList<>();
            check("", answer.json(), document.at("/components/schemas/Problem"), faults);
            assertThat(faults).as("%s: %s", what, answer.text()).isEmpty();
        }
        JsonNode operation = operation(path).path(method.toLowerCase(java.util.Locale.ROOT));
        if (operation.isMissingNode()) {
            assertThat(answer.status()).as("%s is not described", what).isIn(404, 405, 200);
            return;
        }
        if (answer.status() >= 400) {
            assertThat(operation.at("/responses/default").isObject()).as(what).isTrue();
            return;
        }
        JsonNode response = operation.path("responses").path(String.valueOf(answer.status()));
        assertThat(response.isObject()).as("%s is described", what).isTrue();
        JsonNode content = response.path("content");
        if (content.isEmpty()) {
            assertThat(answer.text()).as(what).isEmpty();
            return;
        }
        String type = answer.header("Content-Type").replaceAll(";.*", "");
        JsonNode media = content.has(type) ? content.path(type) : content.path("*/*");
        assertThat(media.isObject()).as("%s with %s is described", what, type).isTrue();
        List<String> faults = new ArrayList<>();
        check("", answer.json(), media.path("schema"), faults);
        assertThat(faults).as("%s: %s", what, answer.text()).isEmpty();
    }

    /** The description of a path; one without variables goes first, as it does when a request is routed. */
    private JsonNode operation(String path) {
        JsonNode exact = document.path("paths").path(path);
        if (!exact.isMissingNode()) {
            return exact;
        }
        for (Map.Entry<String, JsonNode> entry : document.path("paths").properties()) {
            String pattern = entry.getKey().replaceAll("\\{[^}]*}", "[^/]+");
            if (Pattern.matches(pattern, path)) {
                return entry.getValue();
            }
        }
        return exact;
    }

    private void check(String where, JsonNode value, JsonNode declared, List<String> faults) {
        JsonNode schema = declared;
        if (declared.has("$ref")) {
            schema = document.at(declared.path("$ref").asText().substring(1));
            if (schema.isMissingNode()) {
                faults.add(where + ": " + declared + " is not there");
                return;
            }
        }
        if (value.isNull()) {
            if (!schema.path("nullable").asBoolean()
                    && !declared.path("nullable").asBoolean()) {
                faults.add(where + " is null, which is not described");
            }
            return;
        }
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asText())) {
                faults.add(where + "/" + required.asText() + " is missing");
            }
        }
        switch (schema.path("type").asText()) {
            case "object" -> object(where, value, schema, faults);
            case "array" -> {
                if (!value.isArray()) {
                    faults.add(where + " is no array: " + value);
                }
                for (int i = 0; i < value.size(); i++) {
                    check(where + "/" + i, value.get(i), schema.path("items"), faults);
                }
            }
            case "string" -> {
                if (!value.isTextual()) {
                    faults.add(where + " is no text: " + value);
                } else if (schema.path("format").asText().equals("date-time") && !isTime(value.asText())) {
                    faults.add(where + " is no time in UTC: " + value);
                }
            }
            case "integer" -> {
                if (!value.isIntegralNumber()) {
                    faults.add(where + " is no whole number: " + value);
                }
            }
            case "number" -> {
                if (!value.isNumber()) {
                    faults.add(where + " is no number: " + value);
                }
            }
            case "boolean" -> {
                if (!value.isBoolean()) {
                    faults.add(where + " is no truth value: " + value);
                }
            }
            case "" -> {
                // anything
            }
            default -> faults.add(where + " has a type that is not known: " + schema);
        }
    }

    private void object(String where, JsonNode value, JsonNode schema, List<String> faults) {
        if (!value.isObject()) {
            faults.add(where + " is no object: " + value);
            return;
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode known = schema.path("properties").path(field.getKey());
            JsonNode other = schema.path("additionalProperties");
            if (known.isObject()) {
                check(where + "/" + field.getKey(), field.getValue(), known, faults);
            } else if (other.isObject()) {
                check(where + "/" + field.getKey(), field.getValue(), other, faults);
            } else if (!other.asBoolean()) {
                faults.add(where + "/" + field.getKey() + " is not described");
            }
        }
    }

    private static boolean isTime(String text) {
        try {
            return text.endsWith("Z") && Instant.parse(text) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** "GET /api/v1/ideas" and so on, of all modules. */
    List<String> operations() {
        List<String> all = new ArrayList<>();
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .forEach(operation ->
                        all.add(operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        return all;
    }
}
