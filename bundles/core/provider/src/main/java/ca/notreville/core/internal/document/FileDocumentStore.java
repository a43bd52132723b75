// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import ca.notreville.core.api.document.DocumentStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The folder {@code documents} of the data folder, in 256 folders by the first byte. Several nodes must share it. */
@Component
public final class FileDocumentStore implements DocumentStore {

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private final Path root;

    @Activate
    public FileDocumentStore(BundleContext context) {
        this(folder(context));
    }

    FileDocumentStore(Path root) {
        this.root = root;
    }

    private static Path folder(BundleContext context) {
        String data = context.getProperty("notreville.data");
        return Path.of(data == null ? "." : data, "documents").toAbsolutePath();
    }

    @Override
    public String describe() {
        return "files in " + root;
    }

    private Path place(String sha256) {
        if (!NAME.matcher(sha256).matches()) {
            throw new IllegalArgumentException("no SHA-256: " + sha256);
        }
        return root.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    /** Copied beside its place, written to the disk, and moved there at once: a name that is there has its whole content. */
    @Override
    public void put(String sha256, Path file) throws IOException {
        Path place = place(sha256);
        if (Files.exists(place)) {
            return;
        }
        Path folder = Files.createDirectories(place.getParent());
        Path part = folder.resolve(UUID.randomUUID() + ".part");
        try {
            Files.copy(file, part);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public Optional<InputStream> open(String sha256) throws IOException {
        try {
            return Optional.of(Files.newInputStream(place(sha256)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Long> size(String sha256) throws IOException {
        try {
            return Optional.of(Files.size(place(sha256)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void delete(String sha256) throws IOException {
        Files.deleteIfExists(place(sha256));
    }

    @Override
    public void each(Consumer<String> sha256) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root, 2)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .forEach(sha256);
        }
    }
}
