// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.jpa;

import ca.notreville.ideas.api.Import;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.persistence.Access;
import javax.persistence.AccessType;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;

/** An import, and how far each of its two files is worked through: what a node that takes it up again goes on from. */
@Entity(name = "Import")
@Table(name = "ideas_import")
@Access(AccessType.FIELD)
public class ImportEntity {

    @Id
    private long id;

    @Version
    private int version;

    private String state;

    @Column(name = "started_by")
    private long startedBy;

    @Column(name = "dry_run")
    private int dryRun;

    private String mapping;

    @Column(name = "mapping_name")
    private String mappingName;

    @Column(name = "files_kept")
    private int filesKept;

    private int total;

    @Column(name = "ideas_done")
    private int ideasDone;

    @Column(name = "comments_done")
    private int commentsDone;

    private int created;
    private int updated;
    private int unchanged;
    private int refused;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "finished_at")
    private Instant finishedAt;

    protected ImportEntity() {} // JPA

    /**
     * @param mapping as JSON, "" for none
     * @param mappingName "" for none
     */
    public ImportEntity(
            long id,
            Import.State state,
            long startedBy,
            boolean dryRun,
            String mapping,
            String mappingName,
            int total,
            Instant createdAt) {
        this.id = id;
        this.state = state.word();
        this.startedBy = startedBy;
        this.dryRun = dryRun ? 1 : 0;
        this.mapping = mapping;
        this.mappingName = mappingName;
        this.filesKept = 1;
        this.total = total;
        this.createdAt = createdAt;
    }

    public long id() {
        return id;
    }

    public boolean dryRun() {
        return dryRun == 1;
    }

    public String mapping() {
        return mapping;
    }

    public String mappingName() {
        return mappingName;
    }

    public int total() {
        return total;
    }

    public boolean waiting() {
        return state.equals(Import.State.WAITING.word());
    }

    /** A dry run that is done, whose files are there. */
    public boolean ready() {
        return dryRun() && filesKept == 1 && state.equals(Import.State.DONE.word());
    }

    public void filesGone() {
        filesKept = 0;
    }

    public void mapped(String newMapping, String newName, boolean dry) {
        mapping = newMapping;
        mappingName = newName;
        dryRun = dry ? 1 : 0;
        state = Import.State.QUEUED.word();
    }

    /** As if nothing had been read. */
    public void beginAnew() {
        ideasDone = 0;
        commentsDone = 0;
        created = 0;
        updated = 0;
        unchanged = 0;
        refused = 0;
    }

    public int ideasDone() {
        return ideasDone;
    }

    public int commentsDone() {
        return commentsDone;
    }

    public boolean finished() {
        return finishedAt != null;
    }

    public void advanceIdeas(int rows) {
        ideasDone += rows;
        state = Import.State.RUNNING.word();
    }

    public void advanceComments(int rows) {
        commentsDone += rows;
        state = Import.State.RUNNING.word();
    }

    public void count(int moreCreated, int moreUpdated, int moreUnchanged, int moreRefused) {
        created += moreCreated;
        updated += moreUpdated;
        unchanged += moreUnchanged;
        refused += moreRefused;
    }

    public void finish(Import.State how, Instant now) {
        state = how.word();
        finishedAt = now;
    }

    public Import toImport(List<Import.Refusal> refusals) {
        return new Import(
                id,
                Import.State.valueOf(state.toUpperCase(Locale.ROOT)),
                dryRun(),
                mappingName,
                ready(),
                total,
                ideasDone + commentsDone,
                created,
                updated,
                unchanged,
                refused,
                refusals,
                createdAt,
                finishedAt);
    }
}
