// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.ops;

import ca.notreville.core.api.module.HealthCheck;
import ca.notreville.core.api.module.ModuleRegistry;
import ca.notreville.core.api.module.ModuleStatus;
import ca.notreville.web.internal.rest.Json;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * {@code /health/live}: this process runs. {@code /health/ready}: it can take requests, i.e. every check is good and every
 * installed module that was started works. A servlet apart from the {@code Front}, to answer also while that cannot.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletName("notreville-health")
@HttpWhiteboardServletPattern("/health/*")
public final class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final transient List<HealthCheck> checks = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private transient volatile @Nullable ModuleRegistry registry;

    private final transient ObjectMapper mapper = Json.mapper();

    @Activate
    public HealthServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, String> answer = new LinkedHashMap<>();
        boolean up = true;
        switch (request.getRequestURI()) {
            case "/health/live" -> answer.put("status", "up");
            case "/health/ready" -> up = ready(answer);
            default -> {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
        }
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(mapper.writeValueAsBytes(answer));
    }

    private static HealthCheck.Result result(HealthCheck check) {
        try {
            return check.check();
        } catch (RuntimeException e) {
            return HealthCheck.Result.failed(e.getClass().getSimpleName());
        }
    }

    private boolean ready(Map<String, String> answer) {
        answer.put("status", "up");
        boolean ready = true;
        for (HealthCheck check : checks) {
            HealthCheck.Result result = result(check);
            ready &= result.healthy();
            answer.put(check.name(), (result.healthy() ? "up " : "down ") + result.detail());
        }
        ModuleRegistry modules = registry;
        if (modules == null) {
            ready = false;
            answer.put("modules", "down");
        } else {
            for (ModuleStatus module : modules.modules()) {
                ready &= module.state() != ModuleStatus.State.WAITING;
                answer.put("module " + module.id(), module.state().word());
            }
        }
        answer.put("status", ready ? "up" : "down");
        return ready;
    }
}
