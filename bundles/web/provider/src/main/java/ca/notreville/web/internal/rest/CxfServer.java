// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Visit;
import ca.notreville.web.internal.page.PageRenderer;
import ca.notreville.web.internal.page.VisitImpl;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.jaxrs.json.JacksonJsonProvider;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import javax.servlet.ServletConfig;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.ws.rs.core.Application;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.jaxrs.ext.ContextProvider;
import org.apache.cxf.jaxrs.utils.ResourceUtils;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.apache.cxf.transport.http.DestinationRegistry;
import org.apache.cxf.transport.http.DestinationRegistryImpl;
import org.apache.cxf.transport.http.HTTPTransportFactory;

/**
 * Serves one module's {@link Application} with CXF.
 *
 * <p>Each has a bus and a destination registry of its own: in OSGi all buses would share one registry, and a module that
 * came or went would disturb the others.
 */
public final class CxfServer implements ModuleServer {

    private static final String ENDPOINT_ADDRESS = "org.apache.cxf.transport.endpoint.address";

    private final Bus bus;
    private final Server server;
    private final AbstractHTTPDestination destination;
    private final ServletConfig servlet;

    public CxfServer(
            Application application,
            ServletConfig servlet,
            ObjectMapper mapper,
            PageRenderer renderer,
            ProblemMapper problems) {
        this.servlet = servlet;
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(CxfServer.class.getClassLoader());
        try {
            bus = new CXFBusFactory().createBus();
            DestinationRegistry registry = new DestinationRegistryImpl();
            bus.setExtension(registry, DestinationRegistry.class);
            JAXRSServerFactoryBean factory = ResourceUtils.createApplication(application, true, false, false, bus);
            factory.setBus(bus);
            factory.setDestinationFactory(new HTTPTransportFactory(registry));
            factory.setAddress("/");
            factory.setInvoker(new AnswerInvoker(renderer));
            factory.setProviders(
                    List.of(new JacksonJsonProvider(mapper), problems, new Visits(), new Callers(), new Forms()));
            server = factory.create();
            destination = (AbstractHTTPDestination) server.getDestination();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(CxfServer.class.getClassLoader());
        try {
            request.setAttribute(ENDPOINT_ADDRESS, "/");
            destination.invoke(servlet, servlet.getServletContext(), request, response);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() {
        server.destroy();
        bus.shutdown(true);
    }

    /** The visit that a message of CXF belongs to. */
    static VisitImpl visit(Message message) {
        // an answer that failed on its way out has a message of its own
        Message received = message.getExchange().getInMessage();
        return VisitImpl.of((HttpServletRequest) Objects.requireNonNull(received.get("HTTP.REQUEST")));
    }

    private static final class Visits implements ContextProvider<Visit> {
        @Override
        public Visit createContext(Message message) {
            return visit(message);
        }
    }

    private static final class Callers implements ContextProvider<Caller> {
        @Override
        public Caller createContext(Message message) {
            return visit(message).caller();
        }
    }

    private static final class Forms implements ContextProvider<Form> {
        @Override
        public Form createContext(Message message) {
            return visit(message).form();
        }
    }
}
