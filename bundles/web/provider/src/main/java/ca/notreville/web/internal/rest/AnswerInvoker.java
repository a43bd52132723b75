// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.rest;

import ca.notreville.web.api.Answer;
import ca.notreville.web.internal.page.PageRenderer;
import org.apache.cxf.jaxrs.JAXRSInvoker;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.MessageContentsList;

/** Turns the {@link Answer} of a page's method into HTTP, where a fault in its template is still mapped as any other. */
final class AnswerInvoker extends JAXRSInvoker {

    private final PageRenderer renderer;

    AnswerInvoker(PageRenderer renderer) {
        this.renderer = renderer;
    }

    @Override
    public Object invoke(Exchange exchange, Object request, Object resource) {
        Object result = super.invoke(exchange, request, resource);
        if (result instanceof MessageContentsList list && !list.isEmpty() && list.get(0) instanceof Answer answer) {
            return new MessageContentsList(renderer.response(CxfServer.visit(exchange.getInMessage()), answer));
        }
        return result;
    }
}
