// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.comment.ForeignComment;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.ideas.api.Category;
import ca.notreville.ideas.api.Idea;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.ImportMapping;
import ca.notreville.ideas.api.ImportService;
import ca.notreville.ideas.api.Tally;
import ca.notreville.ideas.internal.Cards;
import ca.notreville.ideas.internal.Categories;
import ca.notreville.ideas.internal.IdeaWriter;
import ca.notreville.ideas.internal.Tallies;
import ca.notreville.ideas.internal.imports.Decidim.Proposal;
import ca.notreville.ideas.internal.imports.Decidim.RefusedException;
import ca.notreville.ideas.internal.imports.Decidim.Remark;
import ca.notreville.ideas.internal.jpa.CategoryEntity;
import ca.notreville.ideas.internal.jpa.IdeaEntity;
import ca.notreville.ideas.internal.jpa.ImportEntity;
import ca.notreville.ideas.internal.jpa.OriginTable;
import ca.notreville.ideas.internal.jpa.OriginTable.Origin;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import ca.notreville.persistence.api.JobInterruptedException;
import ca.notreville.persistence.api.Jobs;
import ca.notreville.persistence.api.Sql;
import ca.notreville.persistence.api.Violations;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.persistence.EntityManager;
import javax.sql.DataSource;
import org.apache.aries.jpa.template.JpaTemplate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Works through an import, some rows a transaction. What was done of it is counted in the same transaction, so that a node which
 * takes the import up again goes on exactly where the last one ended.
 */
@Component
public final class ImportJob implements JobHandler {

    static final String KIND = "ideas.import";

    /** Rows of a transaction. */
    static final int BATCH = 250;

    private static final int MAX_SLUG = 60;

    private final JpaTemplate jpa;
    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final CommentService comments;
    private final TerritoryService territory;
    private final Categories categories;
    private final Cards cards;
    private final Tallies tallies;
    private final IdeaWriter writer;

    @Activate
    public ImportJob(
            @Reference(target = "(osgi.unit.name=ideas)") JpaTemplate jpa,
            @Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference CommentService comments,
            @Reference TerritoryService territory,
            @Reference Categories categories,
            @Reference Cards cards,
            @Reference Tallies tallies,
            @Reference IdeaWriter writer) {
        this.jpa = jpa;
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.comments = comments;
        this.territory = territory;
        this.categories = categories;
        this.cards = cards;
        this.tallies = tallies;
        this.writer = writer;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(Job job) throws Exception {
        long id = Long.parseLong(job.payload());
        ImportEntity entity = jpa.txExpr(em -> em.find(ImportEntity.class, id));
        if (entity == null || entity.finished()) {
            // an earlier attempt ended after its last row and before it could say so
            return;
        }
        Columns columns = entity.mapping().isEmpty() ? Columns.KNOWN : Columns.of(Mappings.read(entity.mapping()));
        Run run = new Run(job, id, entity.dryRun(), columns);
        try {
            if (run.dry) {
                beginAnew(id);
            }
            proposals(run);
            if (ImportFiles.exists(dataSource, id, ImportServiceImpl.COMMENTS)) {
                remarks(run);
            }
            finish(id, Import.State.DONE);
        } catch (JobInterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (job.attempt() >= Jobs.MAX_ATTEMPTS) {
                finish(id, Import.State.FAILED);
            }
            throw e;
        }
    }

    /**
     * One attempt.
     *
     * @param references of the rows read so far, as {@link Digest#number}
     * @param places ids of neighbourhoods by the names that rows have
     */
    private record Run(
            Job job,
            long id,
            boolean dry,
            Columns columns,
            Set<Long> references,
            Map<String, Optional<String>> places) {

        Run(Job job, long id, boolean dry, Columns columns) {
            this(job, id, dry, columns, new HashSet<>(), new HashMap<>());
        }

        void stopIfAsked() {
            if (job.stopping()) {
                throw new JobInterruptedException();
            }
        }
    }

    /** A row that is not brought in. */
    private record Refused(long line, RefusedException why) {}

    /** A trial run knows only from its own memory what it would have brought in. */
    private void beginAnew(long id) {
        jpa.tx(em -> {
            em.find(ImportEntity.class, id).beginAnew();
            Sql.on(em, connection -> {
                try (PreparedStatement delete =
                        connection.prepareStatement("delete from ideas_import_refusal where import_id = ?")) {
                    delete.setLong(1, id);
                    delete.executeUpdate();
                }
            });
        });
    }

    private void finish(long id, Import.State how) {
        jpa.tx(em -> {
            ImportEntity entity = em.find(ImportEntity.class, id);
            if (!entity.finished()) {
                entity.finish(how, clock.instant());
                if (!entity.ready()) {
                    // those of a trial run are kept for a while, to be brought in
                    entity.filesGone();
                    Sql.on(em, connection -> ImportFiles.delete(connection, id));
                }
            }
        });
    }

    private void proposals(Run run) throws IOException {
        int done = jpa.txExpr(em -> em.find(ImportEntity.class, run.id)).ideasDone();
        try (InputStream in = ImportFiles.open(dataSource, run.id, ImportServiceImpl.PROPOSALS);
                Table table = Table.open(in, ImportServiceImpl.PROPOSALS)) {
            List<Proposal> read = new ArrayList<>();
            List<Refused> refused = new ArrayList<>();
            for (int rows = 1; table.hasNext(); rows++) {
                Row row = table.next();
                try {
                    Proposal proposal = Decidim.proposal(row, run.columns);
                    if (!run.references.add(Digest.number(proposal.reference()))) {
                        throw new RefusedException(
                                row.cell("id").isEmpty() ? "" : "id", "ideas.import-twice", proposal.id());
                    }
                    read.add(proposal);
                } catch (RefusedException e) {
                    refused.add(new Refused(row.line(), e));
                }
                if (rows <= done) {
                    // it was reported or brought in when it was its turn
                    read.clear();
                    refused.clear();
                } else if ((rows - done) % BATCH == 0 || !table.hasNext()) {
                    run.stopIfAsked();
                    proposals(run, read, refused);
                    read.clear();
                    refused.clear();
                }
            }
        }
    }

    private void proposals(Run run, List<Proposal> some, List<Refused> refused) {
        int rows = some.size() + refused.size();
        List<Proposal> read = new ArrayList<>(some);
        Map<String, String> categoryIds = categories(run, read, refused);
        List<IdeaEntity> changed = new ArrayList<>();
        jpa.tx(em -> {
            Map<String, IdeaEntity> known =
                    known(em, read.stream().map(Proposal::reference).toList());
            Map<Long, Origin> origins = new HashMap<>();
            Sql.on(
                    em,
                    connection -> origins.putAll(OriginTable.of(
                            connection,
                            known.values().stream().map(IdeaEntity::id).toList())));
            Map<Long, Origin> added = new LinkedHashMap<>();
            Map<Long, Origin> updated = new LinkedHashMap<>();
            List<IdeaEntity> created = new ArrayList<>();
            changed.clear();
            int unchanged = 0;
            for (Proposal proposal : read) {
                IdeaEntity here = known.get(proposal.reference());
                IdeaEntity original = entity(run, proposal, categoryIds, here);
                Origin now = origin(original);
                if (here == null) {
                    created.add(original);
                    added.put(original.id(), now);
                    continue;
                }
                Origin last = origins.get(here.id());
                boolean same = here.reference() == null || same(here, original, last, now);
                if (same) {
                    unchanged++;
                } else {
                    changed.add(here);
                    if (!run.dry) {
                        follow(here, original, last, now);
                    }
                }
                if (here.reference() != null) {
                    (last == null ? added : updated).put(here.id(), now);
                }
            }
            if (!run.dry) {
                writer.publish(em, created);
                writer.changed(em, changed);
                Sql.on(em, connection -> {
                    OriginTable.insert(connection, added);
                    OriginTable.update(connection, updated);
                });
            }
            ImportEntity entity = em.find(ImportEntity.class, run.id);
            entity.advanceIdeas(rows);
            entity.count(created.size(), changed.size(), unchanged, refused.size());
            Sql.on(em, connection -> refuse(connection, run.id, ImportServiceImpl.PROPOSALS, refused));
        });
        if (!run.dry) {
            changed.forEach(idea -> {
                cards.changed(idea.id());
                // one that lists show again is sorted by its votes
                tallies.changed(idea.id());
            });
            writer.published();
        }
    }

    /** Whether there is nothing to follow, compared with what the original said the last time, if that is known. */
    private static boolean same(IdeaEntity here, IdeaEntity original, @Nullable Origin last, Origin now) {
        boolean sameState = here.movedHere()
                || (last == null
                        ? here.state() == original.state() || here.state() == IdeaState.HIDDEN
                        : last.state().equals(now.state()));
        return sameState
                && (last == null ? here.sameAs(original) : last.digest().equals(now.digest()));
    }

    /**
     * The state follows only where it is the original's state that changed, and nobody here decided: what was decided here is not undone by
     * a file.
     */
    private static void follow(IdeaEntity here, IdeaEntity original, @Nullable Origin last, Origin now) {
        if (last == null || !last.digest().equals(now.digest())) {
            here.follow(original);
        }
        if (!here.movedHere() && (last == null || !last.state().equals(now.state()))) {
            here.followState(original);
        }
    }

    private static Origin origin(IdeaEntity original) {
        Idea idea = original.toIdea(original.authorName(), Tally.NONE, 0);
        return new Origin(
                Digest.of(
                        idea.title(),
                        idea.need(),
                        idea.proposal(),
                        idea.beneficiaries(),
                        idea.category(),
                        idea.neighbourhood(),
                        idea.authorName(),
                        idea.origin() == null
                                ? ""
                                : idea.origin().address() + " " + idea.origin().supports()),
                idea.state().word());
    }

    /** Ideas that are here already, by the reference that they came with, or that they have where they were written here. */
    static Map<String, IdeaEntity> known(EntityManager em, Collection<String> references) {
        Map<String, IdeaEntity> known = new HashMap<>();
        if (references.isEmpty()) {
            return known;
        }
        em.createQuery("select i from Idea i where i.reference in :references", IdeaEntity.class)
                .setParameter("references", references)
                .getResultList()
                .forEach(idea -> known.put(idea.reference(), idea));
        List<Long> ownIds = references.stream().flatMap(ImportJob::ownId).toList();
        if (!ownIds.isEmpty()) {
            em.createQuery("select i from Idea i where i.id in :ids and i.reference is null", IdeaEntity.class)
                    .setParameter("ids", ownIds)
                    .getResultList()
                    .forEach(idea -> known.putIfAbsent(Decidim.OF_NOTREVILLE + idea.id(), idea));
        }
        return known;
    }

    private static Stream<Long> ownId(String reference) {
        if (!reference.startsWith(Decidim.OF_NOTREVILLE)) {
            return Stream.empty();
        }
        try {
            return Stream.of(Long.valueOf(reference.substring(Decidim.OF_NOTREVILLE.length())));
        } catch (NumberFormatException e) {
            return Stream.empty();
        }
    }

    private IdeaEntity entity(Run run, Proposal proposal, Map<String, String> categoryIds, @Nullable IdeaEntity here) {
        IdeaEntity idea = new IdeaEntity(
                ids.next(),
                proposal.state(),
                0,
                proposal.authorName(),
                proposal.createdAt() == null ? clock.instant() : proposal.createdAt());
        idea.write(proposal.title(), proposal.need(), proposal.body());
        idea.benefits(proposal.beneficiaries());
        idea.place(categoryIds.get(categoryName(proposal)), place(run, proposal.place()));
        // votes of another site are supports here; those of this one are votes already
        boolean exportedHere = here != null && String.valueOf(here.id()).equals(proposal.id());
        idea.cameFrom(proposal.reference(), proposal.address(), (int)
                Math.min(Integer.MAX_VALUE, (long) proposal.supports() + (exportedHere ? 0 : proposal.votesFor())));
        return idea;
    }

    private static String categoryName(Proposal proposal) {
        return proposal.categoryFr().isEmpty() ? proposal.categoryEn() : proposal.categoryFr();
    }

    /**
     * The categories of these proposals by name; made, if there are none, in transactions of their own, so that what everybody is shown was
     * committed. Proposals with one too many are refused.
     */
    private Map<String, String> categories(Run run, List<Proposal> proposals, List<Refused> refused) {
        Map<String, String> idsByName = new HashMap<>();
        proposals.removeIf(proposal -> {
            String name = categoryName(proposal);
            String wanted = Decidim.slug(name);
            if (wanted.isEmpty() || idsByName.containsKey(name)) {
                return false;
            }
            Optional<String> known = known(wanted);
            if (known.isEmpty() && categories.all().size() >= ImportService.MAX_CATEGORIES) {
                refused.add(new Refused(
                        proposal.line(),
                        new RefusedException(
                                proposal.categoryColumn(),
                                "ideas.import-too-many-categories",
                                String.valueOf(ImportService.MAX_CATEGORIES))));
                return true;
            }
            idsByName.put(
                    name, known.orElseGet(() -> run.dry ? slug(wanted) : make(wanted, name, proposal.categoryEn())));
            return false;
        });
        return idsByName;
    }

    private static String slug(String wanted) {
        return wanted.substring(0, Math.min(MAX_SLUG, wanted.length()));
    }

    private Optional<String> known(String wanted) {
        return categories.all().stream()
                .filter(category -> category.id().equals(wanted)
                        || category.names().values().stream()
                                .anyMatch(name -> Decidim.slug(name).equals(wanted)))
                .map(Category::id)
                .findFirst();
    }

    private String make(String wanted, String name, String nameEn) {
        String slug = slug(wanted);
        try {
            jpa.tx(em -> {
                if (em.find(CategoryEntity.class, slug) == null) {
                    em.persist(new CategoryEntity(slug, name, nameEn.isEmpty() ? null : nameEn));
                }
            });
        } catch (RuntimeException e) {
            // another import may have made it at the same time
            if (!Violations.isUnique(e)) {
                throw e;
            }
        }
        categories.changed();
        return slug;
    }

    private @Nullable String place(Run run, String name) {
        if (run.places.size() > 10_000) {
            run.places.clear();
        }
        return run.places
                .computeIfAbsent(name, n -> {
                    String wanted = Decidim.slug(n);
                    return territory.neighbourhoods().stream()
                            .filter(place -> !wanted.isEmpty()
                                    && (place.id().equals(wanted)
                                            || Decidim.slug(place.name()).equals(wanted)))
                            .map(Neighbourhood::id)
                            .findFirst();
                })
                .orElse(null);
    }

    private static void refuse(Connection connection, long id, String part, List<Refused> refused) throws SQLException {
        if (refused.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into ideas_import_refusal (import_id, part, line, field, reason, detail) values (?, ?, ?, ?, ?, ?)")) {
            for (Refused one : refused) {
                insert.setLong(1, id);
                insert.setString(2, part);
                insert.setLong(3, one.line());
                insert.setString(4, Decidim.cut(one.why().column(), ImportMapping.MAX_COLUMN));
                insert.setString(5, one.why().reason());
                insert.setString(6, one.why().detail());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Comments are worked through in an order that the file alone determines, whatever node does it. */
    private void remarks(Run run) throws IOException {
        RemarkFile file;
        try (InputStream in = ImportFiles.open(dataSource, run.id, ImportServiceImpl.COMMENTS);
                Table table = Table.open(in, ImportServiceImpl.COMMENTS)) {
            file = RemarkFile.read(table);
        }
        Talk talk = new Talk(file, addresses(run, file.ideas()), new HashSet<>());
        int done = jpa.txExpr(em -> em.find(ImportEntity.class, run.id)).commentsDone();
        int turn = 0;
        for (int pass = 0; pass < file.passes() && turn < file.size(); pass++) {
            try (InputStream in = ImportFiles.open(dataSource, run.id, ImportServiceImpl.COMMENTS);
                    Table table = Table.open(in, ImportServiceImpl.COMMENTS)) {
                Map<Integer, Row> batch = new LinkedHashMap<>();
                for (int index = 0; table.hasNext(); index++) {
                    Row row = table.next();
                    if (file.due(index, pass)) {
                        turn++;
                        if (turn > done) {
                            batch.put(index, row);
                        }
                    }
                    if (batch.size() == BATCH || !table.hasNext() && !batch.isEmpty()) {
                        run.stopIfAsked();
                        remarks(run, talk, batch);
                        batch.clear();
                    }
                }
            }
        }
    }

    /**
     * What is known of a file of comments.
     *
     * @param addresses references of the ideas of this import that comments may be on: by themselves, and by {@code #} and their id
     * @param would comments that a trial run would have brought in, as {@link Digest#number}
     */
    private record Talk(RemarkFile file, Map<String, String> addresses, Set<Long> would) {}

    private Map<String, String> addresses(Run run, Set<String> wanted) throws IOException {
        Map<String, String> addresses = new HashMap<>();
        try (InputStream in = ImportFiles.open(dataSource, run.id, ImportServiceImpl.PROPOSALS);
                Table table = Table.open(in, ImportServiceImpl.PROPOSALS)) {
            while (table.hasNext()) {
                try {
                    Proposal proposal = Decidim.proposal(table.next(), run.columns);
                    for (String name : List.of("#" + proposal.id(), proposal.reference(), proposal.address())) {
                        if (wanted.contains(name)) {
                            addresses.putIfAbsent(name, proposal.reference());
                        }
                    }
                } catch (RefusedException e) {
                    // comments on it are refused as well
                }
            }
        }
        return addresses;
    }

    private void remarks(Run run, Talk talk, Map<Integer, Row> rows) {
        List<Refused> refused = new ArrayList<>();
        Map<Integer, Remark> read = new LinkedHashMap<>();
        Map<Integer, String> references = new HashMap<>();
        rows.forEach((index, row) -> {
            try {
                read.put(index, talk.file.remark(index, row));
                String idea = talk.file.idea(index);
                references.put(index, talk.addresses.getOrDefault(idea, idea.startsWith("#") ? "" : idea));
            } catch (RefusedException e) {
                refused.add(new Refused(row.line(), e));
            }
        });
        Map<String, IdeaEntity> ideas = jpa.txExpr(em -> known(em, Set.copyOf(references.values())));
        Set<String> wouldBe = run.dry ? Set.copyOf(talk.addresses.values()) : Set.of();
        Map<Initiative, List<ForeignComment>> byIdea = new LinkedHashMap<>();
        Map<Integer, String> said = new LinkedHashMap<>();
        read.forEach((index, remark) -> {
            IdeaEntity idea = ideas.get(references.get(index));
            if (idea != null || wouldBe.contains(references.get(index))) {
                said.put(index, remark.reference());
                byIdea.computeIfAbsent(
                                new Initiative(IdeaService.KIND, idea == null ? Long.MAX_VALUE : idea.id()),
                                i -> new ArrayList<>())
                        .add(remark.toComment(clock.instant()));
            } else {
                refused.add(new Refused(
                        Objects.requireNonNull(rows.get(index)).line(),
                        remark.proposal() || !remark.parent().isEmpty()
                                ? new RefusedException("commentable_id", "ideas.import-no-idea", remark.on())
                                : new RefusedException(
                                        "commentable_type", "ideas.import-not-proposal", remark.type())));
            }
        });
        Map<String, Boolean> became = run.dry ? wouldBecome(talk, byIdea) : comments.bringIn(byIdea);
        int created = 0;
        int unchanged = 0;
        for (Map.Entry<Integer, String> one : said.entrySet()) {
            Boolean isNew = became.get(one.getValue());
            if (isNew == null) {
                refused.add(new Refused(
                        Objects.requireNonNull(rows.get(one.getKey())).line(),
                        new RefusedException("commentable_id", "ideas.import-no-parent", "")));
            } else if (isNew) {
                created++;
            } else {
                unchanged++;
            }
        }
        // The comments are the core's, in transactions of its own: after a crash here they are found again, as
        // unchanged.
        int moreCreated = created;
        int moreUnchanged = unchanged;
        jpa.tx(em -> {
            ImportEntity entity = em.find(ImportEntity.class, run.id);
            entity.advanceComments(rows.size());
            entity.count(moreCreated, 0, moreUnchanged, refused.size());
            Sql.on(em, connection -> refuse(connection, run.id, ImportServiceImpl.COMMENTS, refused));
        });
    }

    /** What {@link CommentService#bringIn} would say, as far as it can be told beforehand. */
    private Map<String, Boolean> wouldBecome(Talk talk, Map<Initiative, List<ForeignComment>> byIdea) {
        List<ForeignComment> all =
                byIdea.values().stream().flatMap(List::stream).toList();
        Set<String> here = comments.present(all.stream()
                .flatMap(c -> Stream.concat(Stream.of(c.reference()), Stream.ofNullable(c.parentReference())))
                .collect(Collectors.toSet()));
        Map<String, Boolean> became = new HashMap<>();
        for (ForeignComment comment : all) {
            String parent = comment.parentReference();
            if (here.contains(comment.reference())) {
                became.put(comment.reference(), false);
            } else if (parent == null || here.contains(parent) || talk.would.contains(Digest.number(parent))) {
                talk.would.add(Digest.number(comment.reference()));
                became.put(comment.reference(), true);
            }
        }
        return became;
    }
}
