// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.jpa;

import ca.notreville.ideas.api.Idea;
import ca.notreville.ideas.api.Idea.Origin;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.Tally;
import java.time.Instant;
import java.util.Objects;
import javax.persistence.Access;
import javax.persistence.AccessType;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;

@Entity(name = "Idea")
@Table(name = "ideas_idea")
@Access(AccessType.FIELD)
public class IdeaEntity {

    @Id
    private long id;

    @Version
    private int version;

    private String title;
    private String need;
    private String proposal;
    private String beneficiaries = "";

    @Column(name = "category_id")
    private String category;

    @Column(name = "neighbourhood_id")
    private String neighbourhood;

    private String state;

    @Column(name = "hidden_state")
    private String hiddenState;

    @Column(name = "author_id")
    private Long author;

    @Column(name = "author_name")
    private String authorName;

    @Column(name = "created_at")
    private Instant createdAt;

    private String reference;

    @Column(name = "origin_address")
    private String originAddress;

    @Column(name = "origin_supports")
    private int originSupports;

    @Column(name = "at_counter")
    private int atCounter;

    protected IdeaEntity() {} // JPA

    /** @param author 0 if the author has no account here */
    public IdeaEntity(long id, IdeaState state, long author, String authorName, Instant createdAt) {
        this.id = id;
        this.state = state.word();
        this.author = author == 0 ? null : author;
        this.authorName = authorName;
        this.createdAt = createdAt;
    }

    public void write(String newTitle, String newNeed, String newProposal) {
        title = newTitle;
        need = newNeed;
        proposal = newProposal;
    }

    public void benefits(String newBeneficiaries) {
        beneficiaries = newBeneficiaries;
    }

    /** Until a moderator shows it. */
    public void hold() {
        hiddenState = state;
        state = IdeaState.HIDDEN.word();
    }

    /** By staff, for the author. */
    public void enteredAtCounter() {
        atCounter = 1;
    }

    public void place(String newCategory, String newNeighbourhood) {
        category = newCategory;
        neighbourhood = newNeighbourhood;
    }

    /** @param newReference unique name of the original */
    public void cameFrom(String newReference, String address, int supports) {
        reference = newReference;
        originAddress = address;
        originSupports = supports;
    }

    /** Whether an import would change nothing. */
    public boolean sameAs(IdeaEntity other) {
        return title.equals(other.title)
                && need.equals(other.need)
                && proposal.equals(other.proposal)
                && Objects.equals(category, other.category)
                && originSupports == other.originSupports;
    }

    /** Takes over what the original says now. */
    public void follow(IdeaEntity original) {
        write(original.title, original.need, original.proposal);
        category = original.category;
        originSupports = original.originSupports;
    }

    public long id() {
        return id;
    }

    public String reference() {
        return reference;
    }

    public String title() {
        return title;
    }

    public String need() {
        return need;
    }

    public String proposal() {
        return proposal;
    }

    public String beneficiaries() {
        return beneficiaries;
    }

    public String category() {
        return category;
    }

    public String neighbourhood() {
        return neighbourhood;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public long author() {
        return author == null ? 0 : author;
    }

    public String authorName() {
        return authorName;
    }

    public IdeaState state() {
        return IdeaState.of(state).orElseThrow();
    }

    public Idea toIdea(String nameOfAuthor, Tally votes, int comments) {
        return new Idea(
                id,
                title,
                need,
                proposal,
                beneficiaries,
                category,
                neighbourhood,
                state(),
                author(),
                nameOfAuthor,
                votes,
                comments,
                createdAt,
                reference == null ? null : new Origin(originAddress == null ? "" : originAddress, originSupports),
                atCounter == 1);
    }
}
