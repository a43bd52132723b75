// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.comment.ForeignComment;
import ca.notreville.core.api.comment.Stance;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.sample.SampleData;
import ca.notreville.core.api.sample.SampleTown;
import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.internal.jpa.IdeaEntity;
import ca.notreville.ideas.internal.jpa.VoteTable;
import ca.notreville.ideas.internal.receipt.Receipt;
import ca.notreville.ideas.internal.receipt.Register;
import ca.notreville.persistence.api.Ids;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.aries.jpa.template.JpaTemplate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the people of the sample town proposed, said and voted. */
@Component
public final class IdeasSample implements SampleData {

    private static final long SEED = 20_261_122;

    private final JpaTemplate jpa;
    private final Ids ids;
    private final Clock clock;
    private final IdeaWriter writer;
    private final CommentService comments;
    private final Tallies tallies;
    private final Register register;

    @Activate
    public IdeasSample(
            @Reference(target = "(osgi.unit.name=ideas)") JpaTemplate jpa,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference IdeaWriter writer,
            @Reference CommentService comments,
            @Reference Tallies tallies,
            @Reference Register register) {
        this.jpa = jpa;
        this.ids = ids;
        this.clock = clock;
        this.writer = writer;
        this.comments = comments;
        this.tallies = tallies;
        this.register = register;
    }

    @Override
    public String module() {
        return "ideas";
    }

    @Override
    public void fill(SampleTown town) {
        boolean empty = jpa.txExpr(em -> em.createQuery("select i.id from Idea i", Long.class)
                .setMaxResults(1)
                .getResultList()
                .isEmpty());
        if (!empty) {
            return;
        }
        List<JsonNode> known = new ArrayList<>();
        try (InputStream in = IdeasSample.class.getResourceAsStream("/sample/ideas.json")) {
            new ObjectMapper().readTree(in).path("ideas").forEach(known::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // oldest first, so that ids rise as they would have
        known.sort(Comparator.comparingDouble((JsonNode n) -> n.path("daysAgo").asDouble())
                .reversed());
        Map<IdeaEntity, JsonNode> ideas = new LinkedHashMap<>();
        for (JsonNode node : known) {
            ideas.put(idea(node, town), node);
        }
        Random random = new Random(SEED);
        LifeSample life = new LifeSample(clock);
        jpa.tx(em -> {
            writer.publish(em, ideas.keySet());
            Connection connection = em.unwrap(Connection.class);
            ideas.forEach((idea, node) -> {
                vote(connection, idea, node.path("votes"), town, random);
                life.tell(connection, idea.id(), node.path("key").asText());
            });
        });
        writer.published();
        ideas.forEach((idea, node) -> {
            List<ForeignComment> thread = new ArrayList<>();
            talk(node.path("comments"), "sample:" + node.path("key").asText(), null, town, thread);
            thread.sort(Comparator.comparing(ForeignComment::createdAt));
            comments.bringIn(new Initiative(IdeaService.KIND, idea.id()), thread);
            tallies.changed(idea.id());
        });
        tallies.fold();
    }

    private IdeaEntity idea(JsonNode node, SampleTown town) {
        IdeaEntity idea = new IdeaEntity(
                ids.next(),
                // whatever became of it since comes step by step
                IdeaState.PUBLISHED,
                town.member(node.path("author").asText()),
                "",
                before(node));
        idea.write(
                node.path("title").asText(),
                node.path("need").asText(),
                node.path("proposal").asText());
        JsonNode place = node.path("neighbourhood");
        idea.place(node.path("category").asText(), place.isNull() ? null : place.asText());
        return idea;
    }

    private Instant before(JsonNode node) {
        return clock.instant()
                .minus(Duration.ofMinutes(Math.round(node.path("daysAgo").asDouble() * 24 * 60)));
    }

    /** Deals the votes to members of the town other than the author. */
    private void vote(Connection connection, IdeaEntity idea, JsonNode votes, SampleTown town, Random random) {
        List<Long> voters = new ArrayList<>(town.members().values());
        voters.remove(idea.author());
        Collections.sort(voters);
        Collections.shuffle(voters, random);
        Duration age = Duration.between(idea.createdAt(), clock.instant());
        int next = 0;
        try {
            for (Choice choice : Choice.values()) {
                for (int i = 0; i < votes.path(choice.word()).asInt(); i++) {
                    Instant at = idea.createdAt().plusMillis((long) (age.toMillis() * random.nextDouble()));
                    Receipt receipt = register.receipt();
                    VoteTable.insert(
                            connection,
                            idea.id(),
                            voters.get(next++),
                            new VoteTable.Row(choice, receipt.text(), at, false));
                    Register.cast(connection, receipt, VotingServiceImpl.subject(idea.id()), choice.word());
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void talk(
            JsonNode said, String prefix, @Nullable String parent, SampleTown town, List<ForeignComment> into) {
        int number = 0;
        for (JsonNode node : said) {
            String reference = prefix + "/" + ++number;
            JsonNode author = node.path("author");
            into.add(new ForeignComment(
                    reference,
                    parent,
                    town.member(author.asText()),
                    "",
                    node.path("body").asText(),
                    before(node),
                    node.has("stance")
                            ? Stance.valueOf(node.path("stance").asText().toUpperCase(Locale.ROOT))
                            : null));
            talk(node.path("replies"), reference, reference, town, into);
        }
    }
}
