// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.mail;

import ca.notreville.core.api.mail.Letter;
import ca.notreville.core.api.mail.Mailer;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.language.Languages;
import ca.notreville.persistence.api.Ids;
import ca.notreville.web.api.Messages;
import ca.notreville.web.api.Site;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Letters as rows. A node takes a letter by writing a lease into its row, which only one can, sends it and notes that; a letter
 * that cannot be sent waits longer each time, for three days in all. What was written is forgotten once it is sent.
 */
@Component(configurationPid = MailConfig.PID)
@Designate(ocd = MailConfig.class)
public final class MailerImpl implements Mailer {

    private static final Logger LOG = LoggerFactory.getLogger(MailerImpl.class);

    /** Longer than a mail server may keep all letters of one round waiting. */
    private static final Duration LEASE = Duration.ofMinutes(6);

    private static final int AT_ONCE = 5;
    private static final int GRACE_SECONDS = 25;

    /** How long to wait after each failure; after the last the letter has failed. */
    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(16),
            Duration.ofHours(24),
            Duration.ofHours(24));

    /** End of addresses that stand for none, of accounts that were entered at the counter (RFC 2606). */
    private static final String NOWHERE = ".invalid";

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final TerritoryService territory;
    private final MailConfig config;
    private final Transport transport;
    private final ObjectMapper mapper = new ObjectMapper();
    private final ScheduledExecutorService worker =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "notreville-mail"));
    private final AtomicBoolean poked = new AtomicBoolean();
    private volatile boolean stopping;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Site site;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Messages messages;

    private record Due(long id, Letter letter, int attempts, Instant posted) {}

    @Activate
    public MailerImpl(
            BundleContext context,
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference TerritoryService territory,
            MailConfig config) {
        this(dataSource, ids, clock, territory, config, transport(config, context.getProperty("notreville.data")));
        var unused = worker.scheduleWithFixedDelay(this::sendDue, 1, 1, TimeUnit.SECONDS);
    }

    MailerImpl(
            DataSource dataSource,
            Ids ids,
            Clock clock,
            TerritoryService territory,
            MailConfig config,
            Transport transport) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.territory = territory;
        this.config = config;
        this.transport = transport;
    }

    private static Transport transport(MailConfig config, @Nullable String data) {
        if (!config.host().isBlank()) {
            return new SmtpTransport(config);
        }
        Path folder = Path.of(data == null ? "." : data, "mail");
        LOG.info("No mail server is configured; letters are written to {}", folder);
        return new FolderTransport(folder);
    }

    /** For tests, which have no framework. */
    MailerImpl with(Site where, Messages texts) {
        site = where;
        messages = texts;
        return this;
    }

    /** The letter that is being sent is sent; those that wait stay rows. */
    @Deactivate
    void stop() throws InterruptedException {
        stopping = true;
        worker.shutdown();
        if (!worker.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
            worker.shutdownNow();
        }
    }

    @Override
    public void post(Connection connection, Letter letter) throws SQLException {
        if (letter.to().endsWith(NOWHERE)) {
            return;
        }
        // Looked up first: a statement that fails would spoil the caller's transaction on PostgreSQL. Of two at once,
        // the key
        // lets one transaction through; the other rolls back, and finds the letter when it is tried again.
        try (PreparedStatement known = connection.prepareStatement("select 1 from core_mail where reference = ?")) {
            known.setString(1, letter.reference());
            try (ResultSet row = known.executeQuery()) {
                if (row.next()) {
                    return;
                }
            }
        }
        Timestamp now = Timestamp.from(clock.instant());
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_mail (id, reference, letter, priority, state, attempts, posted_at, due_at)"
                        + " values (?, ?, ?, ?, 'waiting', 0, ?, ?)")) {
            insert.setLong(1, ids.next());
            insert.setString(2, letter.reference());
            insert.setString(3, mapper.writeValueAsString(StoredLetter.of(letter, language(letter))));
            insert.setInt(4, letter.unsubscribe() == null ? 0 : 1);
            insert.setTimestamp(5, now);
            insert.setTimestamp(6, now);
            insert.executeUpdate();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What its texts are written in: of a language whose pack is gone there were only French ones. */
    private Locale language(Letter letter) {
        Messages texts = messages;
        return texts == null ? letter.language() : Languages.spoken(texts, letter.language());
    }

    @Override
    public void poke() {
        if (!stopping && poked.compareAndSet(false, true)) {
            worker.execute(() -> {
                poked.set(false);
                sendDue();
            });
        }
    }

    /** Sends whatever is due; called on one thread. */
    void sendDue() {
        Site where = site;
        Messages texts = messages;
        if (where == null || texts == null) {
            return;
        }
        LetterWriter writer = new LetterWriter(texts, where, config.from());
        try {
            List<Due> some;
            do {
                some = take(0);
                if (some.isEmpty()) {
                    some = take(1);
                }
                for (Due due : some) {
                    send(writer, due);
                    Thread.sleep(Duration.ofMinutes(1).toMillis() / Math.max(1, config.perMinute()));
                }
            } while (!some.isEmpty() && !stopping);
        } catch (SQLException e) {
            LOG.warn("The letters could not be looked up, trying again: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Letters that are due, each leased to this node. */
    private List<Due> take(int priority) throws SQLException {
        Instant now = clock.instant();
        List<Due> due = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select id, letter, attempts, posted_at, due_at from core_mail where priority = ? and due_at <= ? order by due_at"
                                + " fetch first " + AT_ONCE + " rows only");
                PreparedStatement lease =
                        connection.prepareStatement("update core_mail set due_at = ? where id = ? and due_at = ?")) {
            select.setInt(1, priority);
            select.setTimestamp(2, Timestamp.from(now));
            List<Timestamp> seen = new ArrayList<>();
            List<Due> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new Due(
                            row.getLong(1),
                            mapper.readValue(row.getString(2), StoredLetter.class)
                                    .toLetter(),
                            row.getInt(3),
                            row.getTimestamp(4).toInstant()));
                    seen.add(row.getTimestamp(5));
                }
            }
            for (int i = 0; i < found.size(); i++) {
                lease.setTimestamp(1, Timestamp.from(now.plus(LEASE)));
                lease.setLong(2, found.get(i).id);
                lease.setTimestamp(3, seen.get(i));
                if (lease.executeUpdate() == 1) {
                    due.add(found.get(i));
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return due;
    }

    private void send(LetterWriter writer, Due due) throws SQLException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // javax.mail finds its content handlers through the thread
        thread.setContextClassLoader(javax.mail.Session.class.getClassLoader());
        try {
            MimeMessage message = writer.write(due.letter, territory.town().name(), due.posted);
            transport.send(message);
        } catch (MessagingException | IOException | RuntimeException e) {
            failed(due, e);
            return;
        } finally {
            thread.setContextClassLoader(before);
        }
        note(due, "sent", null, "{}");
    }

    private void failed(Due due, Exception why) throws SQLException {
        if (due.attempts >= WAITS.size()) {
            LOG.warn("Letter {} could not be sent in three days; last: {}", due.id, why.toString());
            note(due, "failed", null, null);
        } else {
            Duration wait = WAITS.get(due.attempts);
            LOG.warn("Letter {} could not be sent, trying again in {}: {}", due.id, wait, why.toString());
            note(due, "waiting", clock.instant().plus(wait), null);
        }
    }

    /** @param forget what to leave of the letter, {@code null} to keep it */
    private void note(Due due, String state, @Nullable Instant next, @Nullable String forget) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("update core_mail set state = ?, attempts = attempts + 1,"
                                + " due_at = ?, ended_at = ?" + (forget == null ? "" : ", letter = '" + forget + "'")
                                + " where id = ?")) {
            update.setString(1, state);
            update.setTimestamp(2, next == null ? null : Timestamp.from(next));
            update.setTimestamp(3, next == null ? Timestamp.from(clock.instant()) : null);
            update.setLong(4, due.id);
            update.executeUpdate();
        }
    }

    /** The form of a letter in the database. */
    record StoredLetter(
            String reference,
            String to,
            String language,
            String subject,
            List<String> paragraphs,
            @Nullable String button,
            @Nullable String path,
            @Nullable String unsubscribe) {

        static StoredLetter of(Letter letter, Locale language) {
            Letter.Button button = letter.button();
            return new StoredLetter(
                    letter.reference(),
                    letter.to(),
                    language.toLanguageTag(),
                    letter.subject(),
                    letter.paragraphs(),
                    button == null ? null : button.label(),
                    button == null ? null : button.path(),
                    letter.unsubscribe());
        }

        Letter toLetter() {
            return new Letter(
                    reference,
                    to,
                    Locale.forLanguageTag(language),
                    subject,
                    paragraphs,
                    button == null ? null : new Letter.Button(button, Objects.requireNonNull(path)),
                    unsubscribe);
        }
    }
}
