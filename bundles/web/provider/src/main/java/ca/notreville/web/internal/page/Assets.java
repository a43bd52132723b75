// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

/**
 * Style sheets, scripts, fonts and pictures: {@code assets/<module>/…} of every started bundle. Their addresses carry a hash
 * of the content, so browsers may keep them for ever; they are compressed once.
 */
@Component(service = Assets.class)
public final class Assets implements BundleTrackerCustomizer<List<String>> {

    /** Path prefix of every asset. */
    public static final String PREFIX = "/assets/";

    private static final int HASH_CHARACTERS = 12;
    private static final Pattern URL_IN_CSS = Pattern.compile("url\\(\"([^\":]+)\"\\)");
    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "webp", "image/webp",
            "woff2", "font/woff2",
            "json", "application/json");

    private final BundleTracker<List<String>> tracker;
    private final Map<String, Asset> byPath = new ConcurrentHashMap<>();
    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    /**
     * @param gzip the content compressed, or {@code null} where that would not make it smaller
     */
    public record Asset(String type, String etag, byte[] content, byte @Nullable [] gzip) {}

    @Activate
    public Assets(BundleContext context) {
        tracker = new BundleTracker<>(context, Bundle.STARTING | Bundle.ACTIVE, this);
        tracker.open();
    }

    @Deactivate
    void stop() {
        tracker.close();
    }

    /**
     * Where a browser finds an asset.
     *
     * @param name with its module, e.g. {@code web/app.css}
     * @return with hash, e.g. {@code /assets/web/app.0123456789ab.css}; without, if no bundle has it
     */
    public String address(String name) {
        return addresses.getOrDefault(name, PREFIX + name);
    }

    public @Nullable Asset find(String path) {
        return byPath.get(path);
    }

    @Override
    public @Nullable List<String> addingBundle(Bundle bundle, @Nullable BundleEvent event) {
        var entries = bundle.findEntries("assets", "*", true);
        if (entries == null) {
            return null;
        }
        return Collections.list(entries).stream()
                .filter(url -> !url.getPath().endsWith("/"))
                // style sheets last: they name the others
                .sorted(Comparator.comparing((URL url) -> url.getPath().endsWith(".css")))
                .map(this::add)
                .toList();
    }

    @Override
    public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, List<String> names) {}

    @Override
    public void removedBundle(Bundle bundle, @Nullable BundleEvent event, List<String> names) {
        for (String name : names) {
            String address = addresses.remove(name);
            if (address != null) {
                byPath.remove(address);
            }
        }
    }

    private String add(URL url) {
        String name = url.getPath().substring(url.getPath().indexOf("assets/") + "assets/".length());
        int dot = name.lastIndexOf('.');
        if (dot <= name.lastIndexOf('/')) {
            dot = name.length();
        }
        String suffix = name.substring(dot);
        String extension = suffix.isEmpty() ? "" : suffix.substring(1);
        try (InputStream in = url.openStream()) {
            byte[] content = extension.equals("css") ? withAddresses(name, in.readAllBytes()) : in.readAllBytes();
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content))
                    .substring(0, HASH_CHARACTERS);
            String address = PREFIX + name.substring(0, dot) + "." + hash + suffix;
            byte[] gzip = gzip(content);
            byPath.put(
                    address,
                    new Asset(
                            TYPES.getOrDefault(extension, "application/octet-stream"),
                            "\"" + hash + "\"",
                            content,
                            gzip.length < content.length * 9 / 10 ? gzip : null));
            addresses.put(name, address);
            return name;
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** A style sheet whose {@code url("…")} carry the hashes of what they name. */
    private byte[] withAddresses(String name, byte[] content) {
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        return URL_IN_CSS
                .matcher(new String(content, StandardCharsets.UTF_8))
                .replaceAll(found -> Matcher.quoteReplacement("url(\"" + address(folder + found.group(1)) + "\")"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out) {
            {
                def.setLevel(java.util.zip.Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(content);
        }
        return out.toByteArray();
    }
}
