// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.comment.ForeignComment;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.ideas.api.Category;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.internal.Cards;
import ca.notreville.ideas.internal.Categories;
import ca.notreville.ideas.internal.IdeaWriter;
import ca.notreville.ideas.internal.imports.CsvTable.Row;
import ca.notreville.ideas.internal.imports.Decidim.Proposal;
import ca.notreville.ideas.internal.imports.Decidim.RefusedException;
import ca.notreville.ideas.internal.imports.Decidim.Remark;
import ca.notreville.ideas.internal.jpa.CategoryEntity;
import ca.notreville.ideas.internal.jpa.IdeaEntity;
import ca.notreville.ideas.internal.jpa.ImportEntity;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import ca.notreville.persistence.api.JobInterruptedException;
import ca.notreville.persistence.api.Jobs;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    private static final int BATCH = 100;
    private static final int MAX_SLUG = 60;

    private final JpaTemplate jpa;
    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final CommentService comments;
    private final TerritoryService territory;
    private final Categories categories;
    private final Cards cards;
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
            @Reference IdeaWriter writer) {
        this.jpa = jpa;
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.comments = comments;
        this.territory = territory;
        this.categories = categories;
        this.cards = cards;
        this.writer = writer;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(Job job) throws Exception {
        long id = Long.parseLong(job.payload());
        if (finished(id)) {
            // the files are gone: an earlier attempt ended after its last row and before it could say so
            return;
        }
        try {
            proposals(job, id);
            if (ImportFiles.exists(dataSource, id, ImportServiceImpl.COMMENTS)) {
                remarks(job, id);
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

    private boolean finished(long id) {
        return jpa.txExpr(em -> em.find(ImportEntity.class, id)).finished();
    }

    private void finish(long id, Import.State how) {
        jpa.tx(em -> {
            ImportEntity entity = em.find(ImportEntity.class, id);
            if (!entity.finished()) {
                entity.finish(how, clock.instant());
                em.flush();
                sql(em, connection -> ImportFiles.delete(connection, id));
            }
        });
    }

    private void proposals(Job job, long id) throws IOException {
        int done = jpa.txExpr(em -> em.find(ImportEntity.class, id)).ideasDone();
        try (InputStream in = ImportFiles.open(dataSource, id, ImportServiceImpl.PROPOSALS);
                CsvTable table = new CsvTable(in, ImportServiceImpl.PROPOSALS)) {
            Set<String> references = new HashSet<>();
            for (int i = 0; i < done; i++) {
                remember(table.next(), references);
            }
            List<Row> batch = new ArrayList<>(BATCH);
            while (table.hasNext()) {
                batch.add(table.next());
                if (batch.size() == BATCH || !table.hasNext()) {
                    stopIfAsked(job);
                    proposals(id, batch, references);
                    batch.clear();
                }
            }
        }
    }

    private static void stopIfAsked(Job job) {
        if (job.stopping()) {
            throw new JobInterruptedException();
        }
    }

    private static void remember(Row row, Set<String> references) {
        try {
            references.add(Decidim.proposal(row).reference());
        } catch (RefusedException e) {
            // it was reported when it was its turn
        }
    }

    private void proposals(long id, List<Row> batch, Set<String> references) {
        Map<Row, RefusedException> refused = new LinkedHashMap<>();
        Map<Row, Proposal> read = new LinkedHashMap<>();
        for (Row row : batch) {
            try {
                Proposal proposal = Decidim.proposal(row);
                if (!references.add(proposal.reference())) {
                    throw new RefusedException("id", "ideas.import-twice", row.cell("id"));
                }
                read.put(row, proposal);
            } catch (RefusedException e) {
                refused.put(row, e);
            }
        }
        Map<String, String> categoryIds = categories(read.values());
        List<IdeaEntity> changed = new ArrayList<>();
        jpa.tx(em -> {
            Map<String, IdeaEntity> known =
                    known(em, read.values().stream().map(Proposal::reference).collect(Collectors.toSet()));
            List<IdeaEntity> created = new ArrayList<>();
            changed.clear();
            int unchanged = 0;
            for (Proposal proposal : read.values()) {
                IdeaEntity original = entity(proposal, categoryIds);
                IdeaEntity here = known.get(proposal.reference());
                if (here == null) {
                    known.put(proposal.reference(), original);
                    created.add(original);
                } else if (here.sameAs(original)) {
                    unchanged++;
                } else {
                    here.follow(original);
                    changed.add(here);
                }
            }
            writer.publish(em, created);
            writer.changed(em, changed);
            ImportEntity entity = em.find(ImportEntity.class, id);
            entity.advanceIdeas(batch.size());
            entity.count(created.size(), changed.size(), unchanged, refused.size());
            em.flush();
            sql(em, connection -> refuse(connection, id, ImportServiceImpl.PROPOSALS, refused));
        });
        changed.forEach(idea -> cards.changed(idea.id()));
        writer.published();
    }

    private static Map<String, IdeaEntity> known(EntityManager em, Collection<String> references) {
        Map<String, IdeaEntity> known = new HashMap<>();
        if (!references.isEmpty()) {
            em.createQuery("select i from Idea i where i.reference in :references", IdeaEntity.class)
                    .setParameter("references", references)
                    .getResultList()
                    .forEach(idea -> known.put(idea.reference(), idea));
        }
        return known;
    }

    private IdeaEntity entity(Proposal proposal, Map<String, String> categoryIds) {
        IdeaEntity idea = new IdeaEntity(
                ids.next(),
                proposal.state(),
                0,
                proposal.authorName(),
                proposal.createdAt() == null ? clock.instant() : proposal.createdAt());
        // a proposal of Decidim does not part the need from the solution
        idea.write(proposal.title(), "", proposal.body());
        idea.place(categoryIds.get(categoryName(proposal)), place(proposal.place()));
        idea.cameFrom(proposal.reference(), proposal.address(), proposal.supports());
        return idea;
    }

    private static String categoryName(Proposal proposal) {
        return proposal.categoryFr().isEmpty() ? proposal.categoryEn() : proposal.categoryFr();
    }

    /**
     * The categories of these proposals by name; made, if there are none. In transactions of their own, so that what everybody
     * is shown was committed.
     */
    private Map<String, String> categories(Collection<Proposal> proposals) {
        Map<String, String> idsByName = new HashMap<>();
        for (Proposal proposal : proposals) {
            String name = categoryName(proposal);
            String wanted = Decidim.slug(name);
            if (!wanted.isEmpty() && !idsByName.containsKey(name)) {
                idsByName.put(name, known(wanted).orElseGet(() -> make(wanted, name, proposal.categoryEn())));
            }
        }
        return idsByName;
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
        String slug = wanted.substring(0, Math.min(MAX_SLUG, wanted.length()));
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

    private @Nullable String place(String name) {
        String wanted = Decidim.slug(name);
        return territory.neighbourhoods().stream()
                .filter(n -> !wanted.isEmpty() && Decidim.slug(n.name()).equals(wanted))
                .map(Neighbourhood::id)
                .findFirst()
                .orElse(null);
    }

    private static void refuse(Connection connection, long id, String part, Map<Row, RefusedException> refused)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into ideas_import_refusal (import_id, part, line, field, reason, detail) values (?, ?, ?, ?, ?, ?)")) {
            for (Map.Entry<Row, RefusedException> entry : refused.entrySet()) {
                insert.setLong(1, id);
                insert.setString(2, part);
                insert.setLong(3, entry.getKey().line());
                insert.setString(4, entry.getValue().column());
                insert.setString(5, entry.getValue().reason());
                insert.setString(6, entry.getValue().detail());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Comments are worked through in an order that the file alone determines, whatever node does it. */
    private void remarks(Job job, long id) throws IOException {
        RemarkFile file;
        try (InputStream in = ImportFiles.open(dataSource, id, ImportServiceImpl.COMMENTS);
                CsvTable table = new CsvTable(in, ImportServiceImpl.COMMENTS)) {
            file = RemarkFile.read(table);
        }
        Map<String, String> addresses = addresses(id);
        int done = jpa.txExpr(em -> em.find(ImportEntity.class, id)).commentsDone();
        for (int from = done; from < file.size(); from += BATCH) {
            stopIfAsked(job);
            remarks(id, file, addresses, from, Math.min(from + BATCH, file.size()));
        }
    }

    /** References of the proposals by their id, for comments that tell only that. */
    private Map<String, String> addresses(long id) throws IOException {
        Map<String, String> addresses = new HashMap<>();
        try (InputStream in = ImportFiles.open(dataSource, id, ImportServiceImpl.PROPOSALS);
                CsvTable table = new CsvTable(in, ImportServiceImpl.PROPOSALS)) {
            while (table.hasNext()) {
                try {
                    Row row = table.next();
                    addresses.put(row.cell("id"), Decidim.proposal(row).reference());
                } catch (RefusedException e) {
                    // comments on it are refused as well
                }
            }
        }
        return addresses;
    }

    private void remarks(long id, RemarkFile file, Map<String, String> addresses, int from, int to) {
        Map<Row, RefusedException> refused = new LinkedHashMap<>();
        Map<Row, Remark> read = new LinkedHashMap<>();
        for (int i = from; i < to; i++) {
            try {
                read.put(file.row(i), file.remark(i));
            } catch (RefusedException e) {
                refused.put(file.row(i), e);
            }
        }
        Map<Row, String> references = new HashMap<>();
        read.forEach((row, remark) -> {
            Remark root = file.root(remark);
            references.put(
                    row, root.address().isEmpty() ? addresses.getOrDefault(root.proposal(), "") : root.address());
        });
        Map<String, IdeaEntity> ideas = jpa.txExpr(em -> known(em, Set.copyOf(references.values())));
        Map<Long, Map<Row, Remark>> byIdea = new LinkedHashMap<>();
        read.forEach((row, remark) -> {
            IdeaEntity idea = ideas.get(references.get(row));
            if (idea == null) {
                refused.put(row, new RefusedException("commentable_id", "ideas.import-no-idea", remark.proposal()));
            } else {
                byIdea.computeIfAbsent(idea.id(), i -> new LinkedHashMap<>()).put(row, remark);
            }
        });
        int created = 0;
        int unchanged = 0;
        for (Map.Entry<Long, Map<Row, Remark>> on : byIdea.entrySet()) {
            Map<String, Boolean> became = bringIn(on.getKey(), on.getValue().values());
            for (Map.Entry<Row, Remark> one : on.getValue().entrySet()) {
                Boolean isNew = became.get(one.getValue().reference());
                if (isNew == null) {
                    refused.put(one.getKey(), new RefusedException("commentable_id", "ideas.import-no-parent", ""));
                } else if (isNew) {
                    created++;
                } else {
                    unchanged++;
                }
            }
        }
        // The comments are the core's, in transactions of its own: after a crash here they are found again, as
        // unchanged.
        int moreCreated = created;
        int moreUnchanged = unchanged;
        jpa.tx(em -> {
            ImportEntity entity = em.find(ImportEntity.class, id);
            entity.advanceComments(to - from);
            entity.count(moreCreated, 0, moreUnchanged, refused.size());
            em.flush();
            sql(em, connection -> refuse(connection, id, ImportServiceImpl.COMMENTS, refused));
        });
    }

    private Map<String, Boolean> bringIn(long idea, Collection<Remark> remarks) {
        List<ForeignComment> foreign = remarks.stream()
                .map(remark -> remark.toComment(clock.instant()))
                .toList();
        return comments.bringIn(new Initiative(IdeaService.KIND, idea), foreign);
    }

    @FunctionalInterface
    private interface SqlWork {
        void on(Connection connection) throws SQLException;
    }

    private static void sql(EntityManager em, SqlWork work) {
        try {
            work.on(em.unwrap(Connection.class));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
