// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.comment.Comment;
import ca.notreville.core.api.comment.CommentDraft;
import ca.notreville.core.api.comment.CommentQuery;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.comment.CommentVersion;
import ca.notreville.core.api.comment.ForeignComment;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.territory.Borough;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.api.territory.Town;
import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.ImportDraft;
import ca.notreville.ideas.internal.Cards;
import ca.notreville.ideas.internal.Categories;
import ca.notreville.ideas.internal.IdeaWriter;
import ca.notreville.ideas.internal.Tallies;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobInterruptedException;
import ca.notreville.persistence.api.Jobs;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mockito.Mockito;

/** Imports on a real database; comments, which are the core's, are kept in memory by the same contract. */
final class Importing {

    static final Caller STAFF = Caller.member(3, "Agente", Set.of(Role.STAFF), Locale.FRENCH);

    private static final AtomicLong LAST = new AtomicLong(1_000);

    final List<String> queued = new ArrayList<>();
    final Talk talk = new Talk();
    final ImportServiceImpl imports;
    final Categories categories;
    final AuditLog audit;
    final TerritoryService territory;
    final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final ImportJob work;
    private final Tallies tallies;

    /** What was said on which initiative, by reference. */
    static final class Talk implements CommentService {

        final Map<String, Initiative> where = new LinkedHashMap<>();
        final Map<String, ForeignComment> said = new LinkedHashMap<>();
        final Set<String> gone = new HashSet<>();
        int failAfter = Integer.MAX_VALUE;

        @Override
        public Map<String, Boolean> bringIn(Initiative initiative, Collection<ForeignComment> comments) {
            if (failAfter-- <= 0) {
                throw new IllegalStateException("killed");
            }
            Map<String, Boolean> became = new LinkedHashMap<>();
            for (ForeignComment comment : comments) {
                String parent = comment.parentReference();
                if (here(comment.reference())) {
                    became.putIfAbsent(comment.reference(), false);
                } else if (parent == null || initiative.equals(where.get(parent))) {
                    said.put(comment.reference(), comment);
                    where.put(comment.reference(), initiative);
                    became.put(comment.reference(), true);
                }
            }
            return became;
        }

        private boolean here(String reference) {
            return said.containsKey(reference)
                    || List.copyOf(said.keySet()).stream()
                            .anyMatch(r ->
                                    reference.equals(ForeignComment.OF_NOTREVILLE + id(List.copyOf(said.keySet()), r)));
        }

        @Override
        public Map<String, Boolean> bringIn(Map<Initiative, List<ForeignComment>> comments) {
            Map<String, Boolean> became = new LinkedHashMap<>();
            comments.forEach((initiative, some) -> became.putAll(bringIn(initiative, some)));
            return became;
        }

        @Override
        public Set<String> present(Collection<String> references) {
            return references.stream().filter(this::here).collect(Collectors.toSet());
        }

        @Override
        public Comment add(Caller caller, Initiative initiative, CommentDraft draft) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Slice<Comment> list(Caller caller, Initiative initiative, CommentQuery query, Paging paging) {
            List<String> references = List.copyOf(said.keySet());
            List<Comment> all = new ArrayList<>();
            for (String reference : references) {
                if (initiative.equals(where.get(reference))) {
                    all.add(comment(references, reference));
                }
            }
            int from = paging.after().isEmpty() ? 0 : paging.after().get(0).intValue();
            int to = Math.min(all.size(), from + paging.limit());
            return new Slice<>(all.subList(from, to), to < all.size() ? Paging.cursor(to, 0) : null);
        }

        private Comment comment(List<String> references, String reference) {
            ForeignComment foreign = Objects.requireNonNull(said.get(reference));
            String parent = foreign.parentReference();
            boolean isGone = gone.contains(reference);
            return new Comment(
                    id(references, reference),
                    Objects.requireNonNull(where.get(reference)),
                    0,
                    parent == null ? null : id(references, parent),
                    0,
                    0,
                    isGone ? "" : foreign.authorName(),
                    isGone ? "" : foreign.body(),
                    foreign.stance(),
                    Comment.Voice.MEMBER,
                    isGone ? Comment.State.DELETED : Comment.State.SHOWN,
                    foreign.createdAt(),
                    null,
                    0,
                    false,
                    false,
                    false);
        }

        private static long id(List<String> references, String reference) {
            return 50_000 + references.indexOf(reference);
        }

        @Override
        public Comment edit(Caller caller, long id, CommentDraft draft) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(Caller caller, long id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Comment mark(Caller caller, long id, boolean useful) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Comment get(Caller caller, long id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Balance balance(Initiative initiative) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<CommentVersion> versions(Caller caller, long id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<Long, Integer> counts(String kind, Collection<Long> ids) {
            Map<Long, Integer> counts = new LinkedHashMap<>();
            where.forEach((reference, initiative) -> {
                if (ids.contains(initiative.id()) && !gone.contains(reference)) {
                    counts.merge(initiative.id(), 1, Integer::sum);
                }
            });
            return counts;
        }
    }

    Importing(TestDatabase database) throws Exception {
        database.execute("update ideas_idea set life_seq = null, life_state = null");
        for (String table : List.of(
                "ideas_step",
                "ideas_import_mapping",
                "ideas_import_refusal",
                "ideas_import_chunk",
                "ideas_import",
                "ideas_vote",
                "ideas_listing",
                "ideas_idea")) {
            database.execute("delete from " + table);
        }
        database.execute("delete from ideas_category where id not in ('mobility', 'environment', 'sport')");
        Ids ids = LAST::incrementAndGet;
        var jpa = database.jpa("ideas");
        Jobs jobs = new Jobs() {
            @Override
            public long enqueue(Connection connection, String kind, String payload) {
                queued.add(kind + " " + payload);
                return 1;
            }

            @Override
            public void poke() {}
        };
        audit = Mockito.mock(AuditLog.class);
        imports = new ImportServiceImpl(
                jpa,
                database.dataSource(),
                ids,
                clock,
                (caller, action, where) -> action.equals("ideas.import") && caller.has(Role.STAFF),
                jobs,
                audit);
        territory = new TerritoryService() {
            @Override
            public Town town() {
                return new Town("T");
            }

            @Override
            public List<Borough> boroughs() {
                return List.of();
            }

            @Override
            public List<Neighbourhood> neighbourhoods() {
                return List.of(new Neighbourhood(1, "vieux-marche", "b", "Vieux-Marché", Map.of(), List.of()));
            }
        };
        categories = new Categories(jpa);
        tallies = new Tallies(database.dataSource(), ids);
        Cards cards = new Cards(database.dataSource(), tallies, talk, Mockito.mock());
        work = new ImportJob(
                jpa,
                database.dataSource(),
                ids,
                clock,
                talk,
                territory,
                categories,
                cards,
                tallies,
                new IdeaWriter(Mockito.mock(Outbox.class)));
    }

    void stop() throws Exception {
        tallies.stop();
    }

    static InputStream csv(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    /** Starts an import and works it through. */
    Import whole(String proposals, @Nullable String comments) throws Exception {
        long id = imports.start(STAFF, csv(proposals), comments == null ? null : csv(comments))
                .id();
        work(id);
        return imports.get(STAFF, id);
    }

    /** Starts an import of these bytes, which may need a mapping, and works it through. */
    Import whole(byte[] ideas, @Nullable String mapping, boolean dryRun) throws Exception {
        long id = imports.start(
                        STAFF,
                        new ImportDraft(
                                new ByteArrayInputStream(ideas),
                                null,
                                mapping == null ? null : csv(mapping),
                                null,
                                dryRun,
                                false))
                .id();
        work(id);
        return imports.get(STAFF, id);
    }

    Import trial(String proposals, @Nullable String comments) throws Exception {
        long id = imports.start(
                        STAFF,
                        new ImportDraft(
                                csv(proposals), comments == null ? null : csv(comments), null, null, true, false))
                .id();
        work(id);
        return imports.get(STAFF, id);
    }

    void work(long id) throws Exception {
        work(id, Integer.MAX_VALUE, 1);
    }

    /**
     * One attempt.
     *
     * @param steps after how many it is interrupted
     * @return whether it came to its end
     */
    boolean work(long id, int steps, int attempt) throws Exception {
        int[] left = {steps};
        try {
            work.run(new Job() {
                @Override
                public long id() {
                    return 1;
                }

                @Override
                public String payload() {
                    return String.valueOf(id);
                }

                @Override
                public int attempt() {
                    return attempt;
                }

                @Override
                public boolean stopping() {
                    return left[0]-- <= 0;
                }
            });
            return true;
        } catch (JobInterruptedException e) {
            return false;
        }
    }
}
