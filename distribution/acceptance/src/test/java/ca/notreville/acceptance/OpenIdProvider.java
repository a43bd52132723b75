// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The npm package oidc-provider, a certified OpenID provider, run by Node.js. Its packages come from the npm registry with
 * {@code npm ci} the first time, as Maven's come from theirs, and stay in the target folder.
 */
final class OpenIdProvider implements AutoCloseable {

    static final String CLIENT = "notreville";
    static final String SECRET = "a secret between two servers, for the tests alone";

    private static final Path SOURCE = Path.of("src/test/provider");
    private static final Duration INSTALL = Duration.ofMinutes(3);
    private static final Duration START = Duration.ofSeconds(30);

    private final Process process;
    private final String issuer;

    private OpenIdProvider(Process process, String issuer) {
        this.process = process;
        this.issuer = issuer;
    }

    /** @param callback where it may send people back to */
    static OpenIdProvider start(URI callback) throws IOException, InterruptedException {
        Path folder = installed();
        Process process = new ProcessBuilder("node", "provider.mjs", callback.toString(), SECRET)
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        long end = System.nanoTime() + START.toNanos();
        while (!said.ready() && process.isAlive() && System.nanoTime() < end) {
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        if (!said.ready()) {
            process.destroy();
            throw new IllegalStateException(
                    "the OpenID provider does not start: " + Files.readString(folder.resolve("errors.log")));
        }
        return new OpenIdProvider(process, said.readLine());
    }

    private static Path installed() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Platform.target().resolve("provider"));
        for (String file : List.of("package.json", "package-lock.json", "provider.mjs", "claims.json")) {
            Files.copy(SOURCE.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Path done = folder.resolve("installed.json");
        if (Files.exists(done) && Files.mismatch(done, folder.resolve("package-lock.json")) == -1) {
            return folder;
        }
        Path log = folder.resolve("install.log");
        Process npm;
        try {
            npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Install Node.js 18 or later and npm (on Debian: apt-get install nodejs npm): single sign-on is tested"
                            + " against the npm package oidc-provider",
                    e);
        }
        if (!npm.waitFor(INSTALL.toSeconds(), TimeUnit.SECONDS)) {
            npm.destroyForcibly();
        }
        if (npm.isAlive() || npm.exitValue() != 0) {
            throw new IllegalStateException("npm could not install the OpenID provider that single sign-on is tested"
                    + " against:\n" + Files.readString(log));
        }
        Files.copy(folder.resolve("package-lock.json"), done, StandardCopyOption.REPLACE_EXISTING);
        return folder;
    }

    String issuer() {
        return issuer;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
