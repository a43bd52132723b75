// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Api.Answer;
import ca.notreville.acceptance.Api.Call;
import ca.notreville.acceptance.Api.Person;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every operation of the REST interface, asked for in every role. */
@ExtendWith(Acceptance.class)
class RoleWalkIT {

    private static final List<String> ROLES =
            List.of("visitor", "member", "expert", "leader", "partner", "moderator", "staff", "administrator");
    private static final String SIGN_OUT = "DELETE /api/v1/sessions/current";

    private final Api api;

    RoleWalkIT(Api api) {
        this.api = api;
    }

    /** A line of the table. */
    private record Operation(String method, String path, String who, String body) {

        String name() {
            return method + " " + path;
        }
    }

    private static List<Operation> table() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(RoleWalkIT.class.getResourceAsStream("/operations.csv")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> line.contains(";/"))
                    .map(line -> line.split(";", 4))
                    .map(cells -> new Operation(cells[0], cells[1], cells[2], cells[3]))
                    // signing out ends the session that the others use
                    .sorted(Comparator.comparing(operation -> operation.name().equals(SIGN_OUT)))
                    .toList();
        }
    }

    @Test
    void everyOperationSaysWhoMayAskForIt() throws IOException {
        assertThat(table().stream().map(Operation::name)).containsExactlyInAnyOrderElementsOf(api.operations());
    }

    @Test
    void everyRoleMayWhatThePermissionTableSaysAndIsRefusedTheRest() throws IOException {
        String administrator = api.administrator();
        Map<String, Set<String>> permissions = permissions(administrator);
        Map<String, String> tokens = tokens(administrator);
        List<String> wrong = new ArrayList<>();
        for (Operation operation : table()) {
            for (String role : ROLES) {
                Answer answer = ask(operation, tokens.get(role));
                boolean allowed = allowed(operation, role, permissions);
                int expected = role.equals("visitor") ? 401 : 403;
                boolean refused = answer.status() == 401 || answer.status() == 403;
                if (allowed ? refused : answer.status() != expected) {
                    wrong.add(operation.name() + " as " + role + ": " + answer.status() + ", but "
                            + (allowed ? "allowed" : expected));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean allowed(Operation operation, String role, Map<String, Set<String>> permissions) {
        return switch (operation.who()) {
            case "everybody" -> true;
            case "member" -> !role.equals("visitor");
            default -> {
                Set<String> roles = Objects.requireNonNull(permissions.get(operation.who()), operation.who());
                yield roles.contains(role)
                        || roles.contains("visitor")
                        || (roles.contains("member") && !role.equals("visitor"));
            }
        };
    }

    private Map<String, Set<String>> permissions(String administrator) {
        Map<String, Set<String>> permissions = new HashMap<>();
        for (JsonNode item : api.get("/api/v1/access/permissions")
                .as(administrator)
                .expect(200)
                .json()
                .path("items")) {
            Set<String> roles = new HashSet<>();
            item.path("roles").forEach(role -> roles.add(role.asText()));
            permissions.put(item.path("action").asText(), roles);
        }
        return permissions;
    }

    private Map<String, String> tokens(String administrator) {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String role : ROLES) {
            if (role.equals("visitor")) {
                tokens.put(role, "");
                continue;
            }
            Person person = api.newcomer();
            if (!role.equals("member")) {
                api.put("/api/v1/access/roles/" + person.id() + "/" + role)
                        .as(administrator)
                        .expect(204);
            }
            tokens.put(role, api.signIn(person.email(), Api.PASSWORD));
        }
        return tokens;
    }

    /** For something that is not there, so that nothing comes of it. */
    private Answer ask(Operation operation, String token) {
        String path = operation
                .path()
                .replace("{action}", "core.comment")
                .replace("{role}", "expert")
                .replaceAll("\\{[^}]*}", "1");
        Call call =
                switch (operation.method()) {
                    case "GET" -> api.get(path);
                    case "POST" -> api.post(path);
                    case "PUT" -> api.put(path);
                    case "DELETE" -> api.delete(path);
                    default -> throw new AssertionError(operation.method());
                };
        if (!token.isEmpty()) {
            call.as(token);
        }
        return Stream.of(operation.body())
                .filter(body -> !body.isEmpty())
                .map(call::json)
                .findFirst()
                .orElse(call)
                .send();
    }
}
