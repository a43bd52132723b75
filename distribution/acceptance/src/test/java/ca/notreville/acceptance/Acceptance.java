// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Hands tests the one started town, a program's way into it ({@link Api}) and people's ({@link Browsers}). */
final class Acceptance implements ParameterResolver, TestExecutionExceptionHandler, AfterEachCallback {

    private static final Namespace SHARED = Namespace.create(Acceptance.class);

    /** What all test classes use together; closed when the last one has run. */
    private static final class Town implements AutoCloseable {
        private final Platform platform;
        private final Api api;
        private Browsers browsers;

        Town() throws IOException, InterruptedException {
            platform = Platform.withSampleTown();
            api = new Api(platform.address());
        }

        synchronized Browsers browsers() {
            if (browsers == null) {
                browsers = new Browsers(platform.address());
            }
            return browsers;
        }

        synchronized void failed(String test) {
            if (browsers != null) {
                browsers.keep(test);
            }
        }

        synchronized List<String> endVisits() {
            return browsers == null ? List.of() : browsers.endVisits();
        }

        @Override
        public synchronized void close() {
            try (platform) {
                if (browsers != null) {
                    browsers.close();
                }
            }
        }
    }

    private static Town town(ExtensionContext context) {
        return context.getRoot().getStore(SHARED).getOrComputeIfAbsent("town", key -> start(), Town.class);
    }

    private static Town start() {
        try {
            return new Town();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Platform.class || type == Api.class || type == Browsers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Town town = town(context);
        Class<?> type = parameter.getParameter().getType();
        return type == Platform.class ? town.platform : type == Api.class ? town.api : town.browsers();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        town(context).failed(context.getRequiredTestClass().getSimpleName() + " " + context.getDisplayName());
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<String> complaints = town(context).endVisits();
        if (!complaints.isEmpty() && context.getExecutionException().isEmpty()) {
            throw new AssertionError("the browser complained: " + complaints);
        }
    }
}
