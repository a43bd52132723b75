// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.rest;

import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.web.internal.page.PageRenderer;
import ca.notreville.web.internal.page.VisitImpl;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import java.io.EOFException;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;
import org.apache.cxf.jaxrs.utils.JAXRSUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a failure becomes an answer: problem+json for programs, a page for people. What nobody foresaw is
 * logged with the id of the request, which is all that the caller is told of it.
 */
public final class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

    /** A module is just being replaced: foreseen, and over in a moment. */
    private static final int UNAVAILABLE = 503;

    private static final int MAX_CAUSES = 8;

    private final PageRenderer renderer;

    public ProblemMapper(PageRenderer renderer) {
        this.renderer = renderer;
    }

    @Override
    public Response toResponse(Throwable failure) {
        return toResponse(failure, CxfServer.visit(JAXRSUtils.getCurrentMessage()));
    }

    /** The answer to a failure of this visit. */
    public Response toResponse(Throwable thrown, VisitImpl visit) {
        Throwable failure = foreseen(thrown);
        Problem problem = failure instanceof JsonProcessingException && !isMalformed(failure)
                ? Problem.of(500, "internal", visit)
                : Problem.of(failure, visit);
        if (gone(thrown)) {
            LOG.debug(
                    "Request {} {} {}: nobody waited for the answer", visit.requestId(), visit.method(), visit.path());
        } else if (problem.status() >= 500 && problem.status() != UNAVAILABLE) {
            LOG.error("Request {} {} {} failed", visit.requestId(), visit.method(), visit.path(), thrown);
        }
        Response.ResponseBuilder response = visit.isApi()
                ? Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem)
                : Response.fromResponse(renderer.response(visit, renderer.errorPage(visit, problem)));
        if (failure instanceof TooManyRequestsException later) {
            response.header(HttpHeaders.RETRY_AFTER, later.retryAfter().toSeconds());
        }
        if (failure instanceof UnauthenticatedException && visit.isApi()) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (failure instanceof WebApplicationException web
                && web.getResponse().getHeaderString(HttpHeaders.ALLOW) != null) {
            response.header(HttpHeaders.ALLOW, web.getResponse().getHeaderString(HttpHeaders.ALLOW));
        }
        return response.build();
    }

    /** Whether the client had closed the connection: the container says so with a class that it keeps to itself. */
    private static boolean gone(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof EOFException && cause.getClass().getName().startsWith("org.eclipse.jetty.")) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** JSON that cannot be read is the caller's fault, JSON that cannot be written is ours. */
    private static boolean isMalformed(Throwable cause) {
        return cause instanceof JsonProcessingException json
                && !(json instanceof InvalidDefinitionException)
                && (json.getProcessor() instanceof JsonParser || json instanceof StreamConstraintsException);
    }

    /** CXF and Aries wrap what was thrown; the first cause that somebody foresaw is what happened. */
    private static Throwable foreseen(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof ca.notreville.core.api.error.DomainException
                    || isMalformed(cause)
                    || cause instanceof PayloadTooLargeException) {
                return cause;
            }
            cause = cause.getCause();
        }
        return thrown;
    }
}
