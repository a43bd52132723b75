// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.ops;

import ca.notreville.web.internal.front.Traffic;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.Timer;
import com.codahale.metrics.jvm.GarbageCollectorMetricSet;
import com.codahale.metrics.jvm.MemoryUsageGaugeSet;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /metrics} in the text format of Prometheus; for this machine only, not through a proxy. */
@Component(service = Servlet.class)
@HttpWhiteboardServletName("notreville-metrics")
@HttpWhiteboardServletPattern("/metrics")
public final class MetricsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient MetricRegistry http;
    private final transient MetricRegistry jvm = new MetricRegistry();

    @Activate
    public MetricsServlet(@Reference Traffic traffic) {
        http = traffic.registry();
        jvm.register("jvm.memory", new MemoryUsageGaugeSet());
        jvm.register("jvm.gc", new GarbageCollectorMetricSet());
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
                || request.getHeader("X-Forwarded-For") != null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType("text/plain;version=0.0.4;charset=utf-8");
        StringBuilder out = new StringBuilder();
        out.append("# TYPE http_request_duration_seconds summary\n");
        http.getTimers().forEach((name, timer) -> timer(out, name.substring(name.indexOf('.') + 1), timer));
        jvm.getGauges().forEach((name, gauge) -> gauge(out, name, gauge));
        response.getWriter().write(out.toString());
    }

    private static void timer(StringBuilder out, String status, Timer timer) {
        Snapshot snapshot = timer.getSnapshot();
        for (double quantile : new double[] {0.5, 0.95, 0.99}) {
            line(
                    out,
                    "http_request_duration_seconds{status=\"" + status + "\",quantile=\"" + quantile + "\"}",
                    snapshot.getValue(quantile) / 1e9);
        }
        line(out, "http_request_duration_seconds_count{status=\"" + status + "\"}", (double) timer.getCount());
    }

    private static void gauge(StringBuilder out, String name, Gauge<?> gauge) {
        if (gauge.getValue() instanceof Number number) {
            line(out, name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_"), number.doubleValue());
        }
    }

    private static void line(StringBuilder out, String name, double value) {
        out.append(name).append(' ').append(value).append('\n');
    }
}
