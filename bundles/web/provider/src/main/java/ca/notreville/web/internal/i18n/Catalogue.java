// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.i18n;

import ca.notreville.web.api.Messages;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers the message files of every started bundle; a bundle that stops takes its messages with it. */
@Component(service = {Messages.class, Catalogue.class})
public final class Catalogue implements Messages, BundleTrackerCustomizer<Boolean> {

    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);
    private static final Pattern FILE = Pattern.compile(".*/i18n/[a-z-]+_([a-z]{2,3})\\.properties");
    private static final String FALLBACK = "fr";

    /** What a language is called in itself. */
    private static final String NAME = "web.language";

    private final @Nullable BundleTracker<Boolean> tracker;

    /** In the order of installation: of two bundles that have the same key the later one wins. */
    private final Map<Long, Map<String, Map<String, Written>>> byBundle = new ConcurrentSkipListMap<>();

    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    /** Language → key → message; replaced as a whole. */
    private volatile Map<String, Map<String, Written>> messages = Map.of();

    private volatile List<Locale> languages = List.of(Locale.FRENCH);

    @Activate
    public Catalogue(BundleContext context) {
        tracker = new BundleTracker<>(context, Bundle.STARTING | Bundle.ACTIVE, this);
        tracker.open();
    }

    /** Reads the given files, outside a framework. */
    public Catalogue(List<URL> files) {
        tracker = null;
        byBundle.put(0L, read(files));
        gather();
    }

    @Deactivate
    void stop() {
        if (tracker != null) {
            tracker.close();
        }
    }

    @Override
    public @Nullable Boolean addingBundle(Bundle bundle, @Nullable BundleEvent event) {
        var entries = bundle.findEntries("i18n", "*.properties", false);
        if (entries == null) {
            return null;
        }
        byBundle.put(bundle.getBundleId(), read(Collections.list(entries)));
        gather();
        return Boolean.TRUE;
    }

    @Override
    public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, Boolean known) {}

    @Override
    public void removedBundle(Bundle bundle, @Nullable BundleEvent event, Boolean known) {
        byBundle.remove(bundle.getBundleId());
        gather();
    }

    private static Map<String, Map<String, Written>> read(List<URL> files) {
        Map<String, Map<String, Written>> read = new HashMap<>();
        for (URL file : files) {
            Matcher name = FILE.matcher(file.getPath());
            if (!name.matches()) {
                continue;
            }
            String language = name.group(1);
            Properties properties = new Properties();
            try (var reader = new InputStreamReader(file.openStream(), StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                LOG.error("Messages {} cannot be read", file, e);
                continue;
            }
            Locale locale = Conventions.of(language);
            Map<String, Written> into = read.computeIfAbsent(language, l -> new HashMap<>());
            properties.forEach((key, pattern) ->
                    into.put((String) key, new Written((String) pattern, locale, key + " of " + file)));
        }
        return read;
    }

    private synchronized void gather() {
        Map<String, Map<String, Written>> all = new HashMap<>();
        byBundle.values()
                .forEach(bundle -> bundle.forEach((language, some) ->
                        all.computeIfAbsent(language, l -> new HashMap<>()).putAll(some)));
        Set<String> sorted = new TreeSet<>(all.keySet());
        sorted.remove(FALLBACK);
        languages = java.util.stream.Stream.concat(java.util.stream.Stream.of(FALLBACK), sorted.stream())
                .map(Locale::forLanguageTag)
                .toList();
        messages = all;
    }

    @Override
    public List<Locale> languages() {
        return languages;
    }

    @Override
    public String name(Locale language) {
        Message own = find(language.getLanguage(), NAME);
        if (own != null) {
            return own.format(Map.of());
        }
        String known = language.getDisplayLanguage(language);
        int first = known.offsetByCodePoints(0, 1);
        return known.substring(0, first).toUpperCase(language) + known.substring(first);
    }

    /** Keys that a language lacks, with what is said in French instead; all of them of a language that nobody brings. */
    public SortedMap<String, String> missing(String language) {
        Map<String, Map<String, Written>> now = messages;
        Set<String> there = now.getOrDefault(language, Map.of()).keySet();
        SortedMap<String, String> lacking = new TreeMap<>();
        now.getOrDefault(FALLBACK, Map.of()).forEach((key, written) -> {
            if (!there.contains(key)) {
                lacking.put(key, written.pattern);
            }
        });
        return lacking;
    }

    @Override
    public String text(Locale language, String key, Map<String, ?> arguments) {
        Message message = find(language, key);
        if (message == null) {
            if (missing.size() < 1_000 && missing.add(key)) {
                LOG.warn("No message for {}", key);
            }
            return key;
        }
        return message.format(arguments);
    }

    @Override
    public boolean has(String key) {
        return find(Locale.FRENCH, key) != null;
    }

    private @Nullable Message find(Locale language, String key) {
        Message message = find(language.getLanguage(), key);
        return message != null || language.getLanguage().equals(FALLBACK) ? message : find(FALLBACK, key);
    }

    private @Nullable Message find(String language, String key) {
        Written written = messages.getOrDefault(language, Map.of()).get(key);
        return written == null ? null : written.message();
    }

    /** A message as it stands in its file; understood when it is first said: most starts say a few of two thousand. */
    private static final class Written {
        private final String pattern;
        private final Locale locale;
        private final String place;
        private volatile @Nullable Message understood;
        private volatile boolean malformed;

        Written(String pattern, Locale locale, String place) {
            this.pattern = pattern;
            this.locale = locale;
            this.place = place;
        }

        /** {@code null} if it is malformed. */
        @Nullable
        Message message() {
            Message known = understood;
            if (known == null && !malformed) {
                try {
                    known = Message.of(pattern, locale);
                    understood = known;
                } catch (IllegalArgumentException e) {
                    malformed = true;
                    LOG.error("Message {} is malformed: {}", place, e.getMessage());
                }
            }
            return known;
        }
    }
}
