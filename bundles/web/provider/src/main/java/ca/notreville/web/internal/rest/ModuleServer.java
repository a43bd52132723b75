// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.rest;

import java.io.IOException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Serves the resources of one module. */
public interface ModuleServer {

    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException;

    void close();
}
