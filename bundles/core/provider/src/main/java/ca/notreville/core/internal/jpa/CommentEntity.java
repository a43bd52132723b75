// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.jpa;

import ca.notreville.core.api.comment.Comment;
import ca.notreville.core.api.initiative.Initiative;
import java.time.Instant;
import javax.persistence.Access;
import javax.persistence.AccessType;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;

@Entity(name = "Comment")
@Table(name = "core_comment")
@Access(AccessType.FIELD)
public class CommentEntity {

    @Id
    private long id;

    private String kind;

    @Column(name = "initiative_id")
    private long initiativeId;

    @Column(name = "thread_id")
    private long threadId;

    @Column(name = "parent_id")
    private Long parentId;

    @Column(name = "author_id")
    private Long authorId;

    @Column(name = "author_name")
    private String authorName;

    private String body;
    private String reference;

    @Column(name = "created_at")
    private Instant createdAt;

    protected CommentEntity() {} // JPA

    /**
     * @param parent the comment it answers, or {@code null}
     * @param author 0 if the author has no account here
     * @param reference where it came from, or {@code null} if it was written here
     */
    public CommentEntity(
            long id,
            Initiative initiative,
            CommentEntity parent,
            long author,
            String authorName,
            String body,
            String reference,
            Instant createdAt) {
        this.id = id;
        this.kind = initiative.kind();
        this.initiativeId = initiative.id();
        this.threadId = parent == null ? id : parent.threadId;
        this.parentId = parent == null ? null : parent.id;
        this.authorId = author == 0 ? null : author;
        this.authorName = authorName;
        this.body = body;
        this.reference = reference;
        this.createdAt = createdAt;
    }

    public boolean on(Initiative initiative) {
        return kind.equals(initiative.kind()) && initiativeId == initiative.id();
    }

    /** Where it came from, or {@code null} if it was written here. */
    public String reference() {
        return reference;
    }

    public Comment toComment() {
        return new Comment(
                id,
                new Initiative(kind, initiativeId),
                threadId,
                parentId,
                authorId == null ? 0 : authorId,
                authorName,
                body,
                createdAt);
    }
}
