// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.servlet.ReadListener;
import javax.servlet.ServletInputStream;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** One request and what is answered to it, as far as the portal looks at either. */
public final class TestExchange {

    public final HttpServletRequest request = mock(HttpServletRequest.class);
    public final HttpServletResponse response = mock(HttpServletResponse.class);

    private final Map<String, String> requestHeaders = new HashMap<>();
    private final Map<String, String[]> parameters = new LinkedHashMap<>();
    private final List<Cookie> requestCookies = new ArrayList<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private final List<String> setCookies = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private byte[] body = new byte[0];
    private int status = 200;

    public TestExchange(String method, String pathAndQuery) {
        try {
            int query = pathAndQuery.indexOf('?');
            when(request.getMethod()).thenReturn(method);
            when(request.getRequestURI()).thenReturn(query < 0 ? pathAndQuery : pathAndQuery.substring(0, query));
            when(request.getQueryString()).thenReturn(query < 0 ? null : pathAndQuery.substring(query + 1));
            when(request.getRemoteAddr()).thenReturn("192.0.2.7");
            when(request.getHeader(anyString())).thenAnswer(call -> requestHeaders.get(lower(call.getArgument(0))));
            when(request.getContentType()).thenAnswer(call -> requestHeaders.get("content-type"));
            when(request.getContentLengthLong()).thenAnswer(call -> (long) body.length);
            when(request.getCookies()).thenAnswer(call -> requestCookies.toArray(new Cookie[0]));
            when(request.getParameterMap()).thenReturn(parameters);
            when(request.getParts()).thenReturn(List.of());
            when(request.getInputStream()).thenAnswer(call -> input());
            when(request.getAttribute(anyString())).thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
            doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                    .when(request)
                    .setAttribute(anyString(), any());
            doAnswer(call -> headers.put(lower(call.getArgument(0)), call.getArgument(1)))
                    .when(response)
                    .setHeader(anyString(), anyString());
            doAnswer(call -> setCookies.add(call.getArgument(1)))
                    .when(response)
                    .addHeader(org.mockito.ArgumentMatchers.eq("Set-Cookie"), anyString());
            doAnswer(call -> headers.put("content-type", call.getArgument(0)))
                    .when(response)
                    .setContentType(anyString());
            doAnswer(call -> {
                        status = call.getArgument(0);
                        return null;
                    })
                    .when(response)
                    .setStatus(anyInt());
            when(response.getStatus()).thenAnswer(call -> status);
            when(response.getHeader(anyString())).thenAnswer(call -> headers.get(lower(call.getArgument(0))));
            when(response.getContentType()).thenAnswer(call -> headers.get("content-type"));
            when(response.getOutputStream()).thenAnswer(call -> output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (javax.servlet.ServletException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    public TestExchange with(String header, String value) {
        requestHeaders.put(lower(header), value);
        return this;
    }

    public TestExchange cookie(String name, String value) {
        requestCookies.add(new Cookie(name, value));
        return this;
    }

    public TestExchange field(String name, String... values) {
        requestHeaders.putIfAbsent("content-type", "application/x-www-form-urlencoded");
        parameters.put(name, values);
        return this;
    }

    public TestExchange body(String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    public int status() {
        return status;
    }

    public @Nullable String header(String name) {
        return headers.get(lower(name));
    }

    public List<String> setCookies() {
        return setCookies;
    }

    public String answer() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    private ServletInputStream input() {
        ByteArrayInputStream in = new ByteArrayInputStream(body);
        return new ServletInputStream() {
            @Override
            public int read() {
                return in.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return in.read(bytes, offset, length);
            }

            @Override
            public boolean isFinished() {
                return in.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {}
        };
    }

    private ServletOutputStream output() {
        return new ServletOutputStream() {
            @Override
            public void write(int b) {
                out.write(b);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {}
        };
    }
}
