// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.front;

import ca.notreville.web.api.Form;
import ca.notreville.web.api.Upload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.servlet.ReadListener;
import javax.servlet.ServletInputStream;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpServletResponseWrapper;

/** A request that can be read twice, and an answer that can be kept: for what is done under an idempotency key. */
final class BufferedExchange {

    private final Request request;
    private final Response response;
    private final String hash;

    /** @param form the parts, if the request is a form; its body is then read already */
    BufferedExchange(HttpServletRequest request, HttpServletResponse response, Form form) throws IOException {
        MessageDigest digest = sha256();
        digest.update((request.getMethod() + " " + request.getRequestURI() + "?" + request.getQueryString() + "\n")
                .getBytes(StandardCharsets.UTF_8));
        byte[] body = new byte[0];
        if (form.values().isEmpty() && form.uploads().isEmpty()) {
            body = request.getInputStream().readAllBytes();
            digest.update(body);
        } else {
            hashForm(digest, form);
        }
        hash = HexFormat.of().formatHex(digest.digest());
        this.request = new Request(request, body);
        this.response = new Response(response);
    }

    private static void hashForm(MessageDigest digest, Form form) throws IOException {
        digest.update(new TreeMap<>(form.values()).toString().getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, Upload> upload : new TreeMap<>(form.uploads()).entrySet()) {
            digest.update(("\n" + upload.getKey() + "\n").getBytes(StandardCharsets.UTF_8));
            try (InputStream in = new DigestInputStream(upload.getValue().open(), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpServletRequest request() {
        return request;
    }

    HttpServletResponse response() {
        return response;
    }

    String hash() {
        return hash;
    }

    /** What was answered, so far. */
    String body() {
        return response.kept.toString(StandardCharsets.UTF_8);
    }

    private static final class Request extends HttpServletRequestWrapper {
        private final byte[] body;

        Request(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
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
                public void setReadListener(ReadListener listener) {
                    throw new IllegalStateException("not asynchronous");
                }
            };
        }
    }

    private static final class Response extends HttpServletResponseWrapper {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        Response(HttpServletResponse response) {
            super(response);
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            ServletOutputStream out = super.getOutputStream();
            return new ServletOutputStream() {
                @Override
                public void write(int b) throws IOException {
                    kept.write(b);
                    out.write(b);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    kept.write(bytes, offset, length);
                    out.write(bytes, offset, length);
                }

                @Override
                public void flush() throws IOException {
                    out.flush();
                }

                @Override
                public boolean isReady() {
                    return out.isReady();
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    out.setWriteListener(listener);
                }
            };
        }
    }
}
