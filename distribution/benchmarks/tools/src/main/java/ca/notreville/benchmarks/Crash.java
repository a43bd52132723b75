// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code Crash vote URL FILE CLIENTS IDEAS MEMBERS SECONDS SEED}: votes until the server is gone, and notes each vote that
 * was acknowledged, with its receipt, and each whose answer never came.<br>
 * {@code Crash check URL FILE}: looks every noted vote up, and compares what list, page and order show with each other.
 */
public final class Crash {

    private static final String[] CHOICES = {"for", "neutral", "against"};
    private static final int PAGE = 100;
    private static final int MAX_IDEAS = 100_000;
    private static final int LOOK_UPS = 8;
    private static final long SETTLE_SECONDS = 30;
    private static final Pattern SUPPORT = Pattern.compile("tally-bar[\\s\\S]*?<p><span><strong>([^<]+)</strong>");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final String url;
    private final Path file;

    /** By idea and member; the last thing that is known. */
    private final Map<Pair, Noted> noted = new ConcurrentHashMap<>();

    private record Pair(long idea, long member) {}

    /**
     * @param choice acknowledged last, null if none
     * @param maybe sent, but the server was gone before it answered; null if none
     */
    private record Noted(String choice, String receipt, String maybe) {}

    private Crash(String url, Path file) throws IOException {
        this.url = url;
        this.file = file;
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] part = line.split(" ", -1);
                noted.put(
                        new Pair(Long.parseLong(part[0]), Long.parseLong(part[1])),
                        new Noted(none(part[2]), none(part[3]), none(part[4])));
            }
        }
    }

    private static String none(String text) {
        return text.isEmpty() ? null : text;
    }

    public static void main(String[] arguments) throws Exception {
        Crash crash = new Crash(arguments[1], Path.of(arguments[2]));
        if (arguments[0].equals("vote")) {
            crash.vote(
                    Integer.parseInt(arguments[3]),
                    Integer.parseInt(arguments[4]),
                    Integer.parseInt(arguments[5]),
                    Long.parseLong(arguments[6]),
                    Long.parseLong(arguments[7]));
        } else {
            crash.check();
        }
    }

    private void vote(int clients, int ideas, int members, long seconds, long seed)
            throws InterruptedException, ExecutionException, IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        AtomicInteger acknowledged = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        List<Future<?>> all = new ArrayList<>();
        for (int c = 0; c < clients; c++) {
            int client = c;
            all.add(pool.submit(() -> voteUntilGone(client, clients, ideas, members, end, seed, acknowledged)));
        }
        for (Future<?> one : all) {
            one.get();
        }
        pool.shutdown();
        save();
        System.out.println("RESULT " + acknowledged.get());
    }

    private void save() throws IOException {
        List<String> lines = new ArrayList<>(noted.size());
        noted.forEach((pair, n) -> lines.add(
                pair.idea + " " + pair.member + " " + text(n.choice) + " " + text(n.receipt) + " " + text(n.maybe)));
        Files.write(file, lines);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    /** A client has members of its own, so that what it hears is the last word on their votes. */
    private void voteUntilGone(
            int client, int clients, int ideas, int members, long end, long seed, AtomicInteger acknowledged) {
        SplittableRandom random = new SplittableRandom(seed * 1_000 + client);
        while (System.nanoTime() < end) {
            long member = client + (long) clients * random.nextInt(members / clients);
            Pair pair = new Pair(Town.idea(random.nextInt(ideas)), member);
            String choice = CHOICES[random.nextInt(CHOICES.length)];
            Noted before = noted.getOrDefault(pair, new Noted(null, null, null));
            noted.put(pair, new Noted(before.choice, before.receipt, choice));
            try {
                HttpResponse<String> answer = http.send(
                        request("/api/v1/ideas/" + pair.idea + "/vote", member)
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString("{\"choice\":\"" + choice + "\"}"))
                                .build(),
                        BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(
                            "a vote was answered with " + answer.statusCode() + " " + answer.body());
                }
                noted.put(
                        pair,
                        new Noted(
                                choice,
                                json.readTree(answer.body()).path("receipt").asText(),
                                null));
                if (acknowledged.incrementAndGet() == 1) {
                    System.out.println("BEGUN");
                }
            } catch (IOException e) {
                // killed: whether this vote was stored nobody has told us
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private HttpRequest.Builder request(String path, long member) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + Town.token(member));
    }

    private HttpResponse<String> get(String path, long member) throws IOException, InterruptedException {
        return http.send(request(path, member).header("Accept-Language", "en").build(), BodyHandlers.ofString());
    }

    private void check() throws Exception {
        int lost = lost();
        save();
        Map<Long, int[]> shown = list("recent");
        int totals = totals(shown) + pages(shown);
        int order = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
        do {
            order = disorder(list("popular"));
            if (order > 0) {
                TimeUnit.SECONDS.sleep(1);
            }
        } while (order > 0 && System.nanoTime() < end);
        System.out.println("RESULT " + noted.size() + " " + lost + " " + totals + " " + order);
    }

    /** Acknowledged votes that are not there, or not with their choice and receipt. */
    private int lost() throws InterruptedException, ExecutionException {
        AtomicInteger lost = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(LOOK_UPS);
        List<Future<?>> all = new ArrayList<>();
        noted.forEach((pair, n) -> all.add(pool.submit(() -> {
            HttpResponse<String> answer = get("/api/v1/ideas/" + pair.idea + "/vote", pair.member);
            JsonNode vote = json.readTree(answer.body());
            boolean there = answer.statusCode() == 200;
            boolean same = there
                    && vote.path("choice").asText().equals(n.choice)
                    && vote.path("receipt").asText().equals(n.receipt);
            boolean unanswered = there ? vote.path("choice").asText().equals(n.maybe) : n.choice == null;
            if (!same && !unanswered) {
                lost.incrementAndGet();
                System.err.println("lost: " + pair + " " + n + " " + answer.statusCode() + " " + answer.body());
            }
            // from now on this is what is known
            noted.put(
                    pair,
                    there
                            ? new Noted(
                                    vote.path("choice").asText(),
                                    vote.path("receipt").asText(),
                                    null)
                            : new Noted(null, null, null));
            return null;
        })));
        for (Future<?> one : all) {
            one.get();
        }
        pool.shutdown();
        return lost.get();
    }

    /** By idea, in the order of the list: for, neutral, against. */
    private Map<Long, int[]> list(String sort) throws IOException, InterruptedException {
        Map<Long, int[]> shown = new LinkedHashMap<>();
        String after = "";
        while (after != null && shown.size() < MAX_IDEAS) {
            JsonNode list = json.readTree(get("/api/v1/ideas?sort=" + sort + "&limit=" + PAGE + "&after=" + after, 0)
                    .body());
            for (JsonNode idea : list.path("items")) {
                shown.put(idea.path("id").asLong(), tally(idea));
            }
            after = list.path("next").isTextual() ? list.path("next").asText() : null;
        }
        return shown;
    }

    private static int[] tally(JsonNode idea) {
        JsonNode votes = idea.path("votes");
        return new int[] {
            votes.path("for").asInt(),
            votes.path("neutral").asInt(),
            votes.path("against").asInt()
        };
    }

    /** Ideas that show other totals than the votes that were looked up one by one, which are all there are. */
    private int totals(Map<Long, int[]> shown) throws IOException, InterruptedException {
        Map<Long, int[]> counted = new HashMap<>();
        noted.forEach((pair, n) -> {
            if (n.choice != null) {
                counted.computeIfAbsent(pair.idea, i -> new int[CHOICES.length])[
                        Arrays.asList(CHOICES).indexOf(n.choice)]++;
            }
        });
        int wrong = 0;
        for (Map.Entry<Long, int[]> idea : shown.entrySet()) {
            if (!Town.seeded(idea.getKey())) {
                continue;
            }
            int[] votes = counted.getOrDefault(idea.getKey(), new int[CHOICES.length]);
            int[] alone =
                    tally(json.readTree(get("/api/v1/ideas/" + idea.getKey(), 0).body()));
            if (!Arrays.equals(votes, idea.getValue()) || !Arrays.equals(votes, alone)) {
                wrong++;
                System.err.println("total: " + idea.getKey() + " counted " + Arrays.toString(votes) + " list "
                        + Arrays.toString(idea.getValue()) + " alone " + Arrays.toString(alone));
            }
        }
        return wrong;
    }

    /** Cards of the first page whose support is other than in REST. */
    private int pages(Map<Long, int[]> shown) throws IOException, InterruptedException {
        Matcher card = SUPPORT.matcher(get("/ideas", 0).body());
        int wrong = 0;
        int cards = 0;
        for (int[] votes : shown.values()) {
            if (!card.find()) {
                break;
            }
            cards++;
            if (!card.group(1).replaceAll("\\D", "").equals(String.valueOf(votes[0]))) {
                wrong++;
                System.err.println("page: card " + cards + " shows " + card.group(1) + " for " + votes[0]);
            }
        }
        return cards == 0 ? 1 : wrong;
    }

    /** Neighbours in the list by support that are the wrong way round. */
    private static int disorder(Map<Long, int[]> popular) {
        int wrong = 0;
        long lastId = Long.MAX_VALUE;
        int lastSupport = Integer.MAX_VALUE;
        for (Map.Entry<Long, int[]> idea : popular.entrySet()) {
            int support = idea.getValue()[0];
            if (support > lastSupport || (support == lastSupport && idea.getKey() > lastId)) {
                wrong++;
            }
            lastSupport = support;
            lastId = idea.getKey();
        }
        return wrong;
    }
}
