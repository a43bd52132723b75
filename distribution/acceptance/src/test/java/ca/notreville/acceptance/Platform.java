// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A started distribution, as a newcomer gets it: its own start script, a new data folder, a free port. */
final class Platform implements AutoCloseable {

    static final String ADMIN_EMAIL = "administration@example.org";
    static final String ADMIN_PASSWORD = "une longue phrase pour la mairie";

    private static final Path ASSEMBLY = Path.of(System.getProperty("assembly"));
    private static final Path TARGET = Path.of(System.getProperty("target"));
    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int TAIL = 60;

    /** Distance of the operator's shell from the port, in bin/notreville. */
    private static final int SHELL = 100;

    private static final Duration LETTER = Duration.ofSeconds(20);
    private static final Pattern LINK =
            Pattern.compile("(/members/link\\?token=[\\w-]+|/organisations/invitations/[\\w-]+)");

    private final Set<Path> read = ConcurrentHashMap.newKeySet();
    private final Process process;
    private final Path data;
    private final Path output;
    private final URI address;

    private Platform(Process process, Path data, Path output, URI address) {
        this.process = process;
        this.data = data;
        this.output = output;
        this.address = address;
    }

    /** The sample town, with the administrator that the environment names. */
    static Platform withSampleTown() throws IOException, InterruptedException {
        Path password = Files.createTempFile(Files.createDirectories(TARGET), "password", "");
        password.toFile().deleteOnExit();
        Files.writeString(password, ADMIN_PASSWORD + "\n");
        ProcessBuilder builder = new ProcessBuilder();
        builder.environment().put("NOTREVILLE_ADMIN_EMAIL", ADMIN_EMAIL);
        builder.environment().put("NOTREVILLE_ADMIN_PASSWORD_FILE", password.toString());
        return start(builder, "--sample");
    }

    /** Prepares the installation, once for all starts after it. */
    static void prepare() throws IOException, InterruptedException {
        Path said = Files.createTempFile(Files.createDirectories(TARGET), "prepare", ".txt");
        ProcessBuilder builder = new ProcessBuilder("bash", script().toString(), "prepare");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process =
                builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroy();
            throw new IllegalStateException("not prepared: " + Files.readString(said));
        }
    }

    /** An empty installation, whose operator named no administrator. */
    static Platform empty() throws IOException, InterruptedException {
        return empty("");
    }

    /** @param javaOptions instead of those of the script, unless empty */
    static Platform empty(String javaOptions) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder();
        if (!javaOptions.isEmpty()) {
            builder.environment().put("NOTREVILLE_JAVA_OPTS", javaOptions);
        }
        builder.environment().remove("NOTREVILLE_ADMIN_EMAIL");
        builder.environment().remove("NOTREVILLE_ADMIN_PASSWORD_FILE");
        return start(builder, "--no-sample");
    }

    private static Path script() {
        Path script = ASSEMBLY.resolve("bin/notreville").toAbsolutePath().normalize();
        if (!Files.exists(script)) {
            throw new IllegalStateException("Build distribution/assembly first: there is no " + script);
        }
        return script;
    }

    private static Platform start(ProcessBuilder builder, String town) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory(Files.createDirectories(TARGET), "town")
                .toAbsolutePath();
        Path output = data.resolve("output.log");
        int port = freePort();
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.command(List.of(
                        "bash", script().toString(), "--port", String.valueOf(port), "--data", data.toString(), town))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Process process = builder.start();
        // also when the tests are broken off
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        Platform platform = new Platform(process, data, output, URI.create("http://localhost:" + port));
        try {
            platform.awaitReady();
        } catch (IOException | InterruptedException | RuntimeException e) {
            platform.close();
            throw e;
        }
        return platform;
    }

    /** A port that is free together with the one that the shell will take. */
    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = http.getLocalPort();
                try (ServerSocket shell = new ServerSocket(port + SHELL, 1, InetAddress.getLoopbackAddress())) {
                    return shell.getLocalPort() - SHELL;
                } catch (IOException | IllegalArgumentException taken) {
                    continue;
                }
            }
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + START.toNanos();
        String last = "";
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return;
                }
                last = answer.statusCode() + " " + answer.body();
            } catch (IOException e) {
                last = e.toString();
            }
            // returns early when the process ends
            process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
        throw new IllegalStateException((process.isAlive() ? "not ready in " + START : "ended") + "; last answer: "
                + last + "\n" + tail(output) + "\n" + tail(data.resolve("log/notreville.log")));
    }

    private static String tail(Path file) throws IOException {
        if (!Files.exists(file)) {
            return file + " is not there";
        }
        List<String> lines = Files.readAllLines(file);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    URI address() {
        return address;
    }

    /** Folder for what tests leave behind to be looked at. */
    static Path target() {
        return TARGET;
    }

    /** What the operator finds in the file of the one-time link; empty if no link was offered. */
    String administratorLink() throws IOException {
        Path link = data.resolve("admin-link.txt");
        return Files.exists(link) ? Files.readString(link).strip() : "";
    }

    /** Where the button of the latest letter to this address leads, as a path; waits until there is one that was not read yet. */
    String letterTo(String address) throws IOException, InterruptedException {
        long end = System.nanoTime() + LETTER.toNanos();
        while (System.nanoTime() < end) {
            Path folder = data.resolve("mail");
            if (Files.isDirectory(folder)) {
                try (Stream<Path> letters = Files.list(folder)) {
                    for (Path letter : letters.filter(l -> l.toString().endsWith(".eml") && !read.contains(l))
                            .toList()) {
                        // quoted-printable as far as addresses need it
                        String text = Files.readString(letter, StandardCharsets.ISO_8859_1)
                                .replaceAll("=\r?\n", "")
                                .replace("=3D", "=");
                        Matcher link = LINK.matcher(text);
                        if (text.contains(address) && link.find()) {
                            read.add(letter);
                            return link.group(1);
                        }
                    }
                }
            }
            process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
        throw new IllegalStateException("no letter to " + address);
    }

    /** Waits until there is a letter with all of these words. */
    void awaitLetter(String... words) throws IOException, InterruptedException {
        long end = System.nanoTime() + LETTER.toNanos();
        while (System.nanoTime() < end) {
            if (letters().stream().anyMatch(letter -> Stream.of(words).allMatch(letter::contains))) {
                return;
            }
            process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
        throw new IllegalStateException("no letter with " + List.of(words));
    }

    /** The letters that were sent so far, as files of the data folder. */
    List<String> letters() throws IOException {
        Path folder = data.resolve("mail");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<String> letters = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".eml")).toList()) {
                letters.add(Files.readString(file));
            }
        }
        return letters;
    }

    /** Sets what is configured under this PID, as an operator does while the platform runs. */
    void configure(String pid, String... lines) throws IOException {
        Path file = Files.writeString(data.resolve(pid), String.join("\n", lines) + "\n");
        Files.move(file, data.resolve("etc").resolve(pid + ".cfg"));
    }

    /** Something that is there until it is closed. */
    interface Deployed extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Drops a bundle into the folder whose bundles are installed at once; it is taken away when what is returned is closed. */
    Deployed deploy(Path bundle) throws IOException {
        Path folder = Files.createDirectories(data.resolve("deploy"));
        Path there = Files.move(bundle, folder.resolve(bundle.getFileName()));
        return () -> Files.delete(there);
    }

    /** Waits until a path answers with this status: what was configured is taken up within seconds. */
    void await(String path, int status) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        long end = System.nanoTime() + LETTER.toNanos();
        int last = 0;
        while (System.nanoTime() < end) {
            last = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (last == status) {
                return;
            }
            process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
        throw new IllegalStateException(path + " still answers " + last);
    }

    /** Runs a command of the operator's shell. */
    String shell(String command) throws IOException, InterruptedException {
        Path said = Files.createTempFile(TARGET, "shell", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder("bash", script().toString(), "shell", "--data", data.toString(), command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process shell =
                builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        if (!shell.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
            shell.destroyForcibly();
            throw new IllegalStateException("no end of " + command);
        }
        String text = Files.readString(said);
        Files.delete(said);
        if (shell.exitValue() != 0) {
            throw new IllegalStateException(command + ": " + text);
        }
        return text;
    }

    /** Parts of pages that failed, so that people saw the page without them. */
    List<String> partsLeftOut() throws IOException {
        try (Stream<String> lines = Files.lines(data.resolve("log/notreville.log"))) {
            return lines.filter(line -> line.contains("Left out of a page")).toList();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            // the log stays
            delete(data.resolve("run"));
            delete(data.resolve("database"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
