// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.search;

import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.search.SearchDocument;
import ca.notreville.core.api.search.SearchQuery;
import ca.notreville.core.api.search.SearchService;
import ca.notreville.core.api.search.SearchSource;
import ca.notreville.persistence.api.OutboxFollower;
import ca.notreville.persistence.api.OutboxRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's index: a copy of what modules make known, kept in the bundle's own storage, rebuilt when it is not there and
 * following the outbox from where its last commit stood.
 */
@Component(
        immediate = true,
        service = {SearchService.class, OutboxFollower.class})
public final class LuceneSearch implements SearchService, OutboxFollower {

    private static final Logger LOG = LoggerFactory.getLogger(LuceneSearch.class);

    private static final String KEY = "key";
    private static final String KIND = "kind";
    private static final String ID = "id";
    private static final String FILTER = "filter.";
    private static final String TITLE = "title.";
    private static final String TEXT = "text.";
    private static final String POSITION = "position";
    /** With the number of the index's form: another form has every kind built anew. */
    private static final String BUILT = "built.2.";

    /** What changed while its module was away, to be read when it is back; ids with spaces between. */
    private static final String WAITING = "waiting.";

    private static final int MAX_WAITING = 1_000;

    private static final float TITLE_WEIGHT = 3;
    private static final int MAX_TERMS = 16;

    /** Shorter words have too many neighbours, and may be wrong in one place if they are shorter than {@link #LONG}. */
    private static final int CORRECTABLE = 4;

    private static final int LONG = 8;
    private static final int MAX_CORRECTIONS = 24;
    private static final int COMMIT_SECONDS = 5;
    private static final int REFRESH_EVERY = 2_000;

    private static final Sort BEST_FIRST = new Sort(
            SortField.FIELD_SCORE,
            new SortField(ID, SortField.Type.LONG, true),
            new SortField(KIND, SortField.Type.STRING));

    /** Opened by the worker: a start need not wait for it, whoever searches does. */
    private final CompletableFuture<Index> index;

    /** Not the writer: its own threads must not find its monitor held while it commits. */
    private final Object committing = new Object();

    private final ScheduledExecutorService worker;
    private final Map<String, SearchSource> sources = new ConcurrentHashMap<>();

    /** What the next commit says of itself: the position in the outbox, and which kinds are complete. */
    private final Map<String, String> state = new ConcurrentHashMap<>();

    private record Index(Directory directory, IndexWriter writer, SearcherManager searchers) {}

    @Activate
    public LuceneSearch(BundleContext context) {
        this(context.getDataFile("search").toPath());
    }

    public LuceneSearch(Path folder) {
        worker = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "notreville-search"));
        index = CompletableFuture.supplyAsync(() -> open(folder), worker);
        var unused = worker.scheduleWithFixedDelay(this::commit, COMMIT_SECONDS, COMMIT_SECONDS, TimeUnit.SECONDS);
    }

    private Index open(Path folder) {
        try {
            Directory directory = FSDirectory.open(folder);
            IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(fields()).setCommitOnClose(false));
            if (writer.getLiveCommitData() != null) {
                writer.getLiveCommitData().forEach(e -> state.put(e.getKey(), e.getValue()));
            }
            return new Index(directory, writer, new SearcherManager(writer, null));
        } catch (IOException e) {
            LOG.error("The search index in {} cannot be opened; nothing can be searched", folder, e);
            throw new UncheckedIOException(e);
        }
    }

    private IndexWriter writer() {
        return index.join().writer();
    }

    private SearcherManager searchers() {
        return index.join().searchers();
    }

    private static Analyzer fields() {
        Map<String, Analyzer> byLanguage =
                Map.of("fr", TextAnalysis.FRENCH, "en", TextAnalysis.ENGLISH, "plain", TextAnalysis.PLAIN);
        return new DelegatingAnalyzerWrapper(Analyzer.PER_FIELD_REUSE_STRATEGY) {
            @Override
            protected Analyzer getWrappedAnalyzer(String field) {
                return byLanguage.getOrDefault(field.substring(field.indexOf('.') + 1), TextAnalysis.PLAIN);
            }
        };
    }

    @Deactivate
    public void stop() throws IOException, InterruptedException {
        worker.shutdownNow();
        worker.awaitTermination(COMMIT_SECONDS, TimeUnit.SECONDS);
        if (index.isDone() && !index.isCompletedExceptionally()) {
            commit();
            Index opened = index.join();
            opened.searchers().close();
            opened.writer().close();
            opened.directory().close();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addSource(SearchSource source) {
        sources.put(source.kind(), source);
        worker.execute(() -> {
            if (state.containsKey(BUILT + source.kind())) {
                catchUp(source.kind());
            } else {
                build(source.kind());
            }
        });
    }

    void removeSource(SearchSource source) {
        sources.remove(source.kind(), source);
    }

    @Override
    public String topic() {
        return SearchSource.TOPIC;
    }

    @Override
    public long position() {
        index.join();
        return Long.parseLong(state.getOrDefault(POSITION, "0"));
    }

    @Override
    public void deliver(List<OutboxRow> rows) {
        Set<Initiative> changed = new LinkedHashSet<>();
        rows.forEach(row -> Initiative.parse(row.item()).ifPresent(changed::add));
        try {
            int done = 0;
            for (Initiative initiative : changed) {
                SearchSource source = sources.get(initiative.kind());
                if (source == null) {
                    keep(initiative);
                } else {
                    index(source, initiative.id());
                }
                if (++done % REFRESH_EVERY == 0) {
                    searchers().maybeRefresh();
                }
            }
            searchers().maybeRefreshBlocking();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        state.merge(POSITION, String.valueOf(rows.get(rows.size() - 1).id()), LuceneSearch::later);
    }

    /**
     * Its module is away just now, as each is for a moment when all starts and rows come once more. A few are read when it is
     * back; of many, or if that fails, the kind is built anew.
     */
    private void keep(Initiative initiative) {
        String kind = initiative.kind();
        String all = state.merge(WAITING + kind, String.valueOf(initiative.id()), (known, id) -> known + " " + id);
        if (all.chars().filter(c -> c == ' ').count() >= MAX_WAITING) {
            state.remove(BUILT + kind);
            state.remove(WAITING + kind);
        }
        if (sources.containsKey(kind)) {
            // it came back meanwhile
            worker.execute(() -> catchUp(kind));
        }
    }

    private void catchUp(String kind) {
        SearchSource source = sources.get(kind);
        String waiting = source == null ? null : state.remove(WAITING + kind);
        if (source == null || waiting == null) {
            return;
        }
        try {
            for (String id : new LinkedHashSet<>(List.of(waiting.split(" ")))) {
                index(source, Long.parseLong(id));
            }
            searchers().maybeRefreshBlocking();
        } catch (IOException | RuntimeException e) {
            state.remove(BUILT + kind);
            LOG.warn("What changed of kind {} cannot be read; it will be built anew at the next start", kind, e);
        }
    }

    private static String later(String a, String b) {
        return Long.parseLong(a) >= Long.parseLong(b) ? a : b;
    }

    @Override
    public void rebuild(String kind) {
        worker.execute(() -> build(kind));
    }

    /** Waits until what was to be built at this moment is built. */
    void built() {
        CompletableFuture.runAsync(() -> {}, worker).join();
    }

    private void build(String kind) {
        SearchSource source = sources.get(kind);
        if (source == null) {
            return;
        }
        // what waits is read with all the rest
        state.remove(WAITING + kind);
        long start = System.nanoTime();
        int[] count = {0};
        LongStream.Builder known = LongStream.builder();
        try {
            source.forEach(id -> {
                known.add(id);
                try {
                    index(source, id);
                    if (++count[0] % REFRESH_EVERY == 0) {
                        searchers().maybeRefresh();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            searchers().maybeRefreshBlocking();
            forgetOthers(source, known.build().sorted().toArray());
            searchers().maybeRefreshBlocking();
            state.put(BUILT + kind, "yes");
            commit();
            LOG.info("Indexed {} of kind {} in {} ms", count[0], kind, (System.nanoTime() - start) / 1_000_000);
        } catch (IOException | RuntimeException e) {
            if (!source.equals(sources.get(kind))) {
                LOG.info("Building the index of kind {} ends with its module; it will be built when that starts", kind);
                return;
            }
            LOG.warn("Building the index of kind {} failed; it will be built at the next start", kind, e);
        }
    }

    /** Takes out what the source no more has: that went while nobody here was told. */
    private void forgetOthers(SearchSource source, long[] known) throws IOException {
        LongStream.Builder others = LongStream.builder();
        IndexSearcher searcher = searchers().acquire();
        try {
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                PostingsEnum documents = leaf.reader().postings(new Term(KIND, source.kind()), PostingsEnum.NONE);
                NumericDocValues ids = leaf.reader().getNumericDocValues(ID);
                Bits live = leaf.reader().getLiveDocs();
                while (documents != null && documents.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    int document = documents.docID();
                    if ((live == null || live.get(document))
                            && ids.advanceExact(document)
                            && Arrays.binarySearch(known, ids.longValue()) < 0) {
                        others.add(ids.longValue());
                    }
                }
            }
        } finally {
            searchers().release(searcher);
        }
        for (long id : others.build().toArray()) {
            // asked once more: it may have come since the source told what it has
            index(source, id);
        }
    }

    /**
     * Reads the document and writes it into the index, one at a time: who builds the index must not write what was read before a
     * change over what the follower of the outbox wrote after it.
     */
    private synchronized void index(SearchSource source, long id) throws IOException {
        Term key = new Term(KEY, source.kind() + ":" + id);
        Optional<SearchDocument> found = source.document(id);
        if (found.isEmpty()) {
            writer().deleteDocuments(key);
            return;
        }
        SearchDocument known = found.get();
        Document document = new Document();
        document.add(new StringField(KEY, key.text(), Field.Store.NO));
        document.add(new StringField(KIND, source.kind(), Field.Store.NO));
        document.add(new SortedDocValuesField(KIND, new BytesRef(source.kind())));
        document.add(new NumericDocValuesField(ID, id));
        String title = composed(known.title());
        String text = composed(known.text());
        known.filters().forEach((name, value) -> document.add(new StringField(FILTER + name, value, Field.Store.NO)));
        for (String language : List.of("fr", "en")) {
            document.add(new TextField(TITLE + language, title, Field.Store.NO));
            document.add(new TextField(TEXT + language, text, Field.Store.NO));
        }
        document.add(new TextField(TITLE + "plain", title, Field.Store.NO));
        document.add(new TextField(TEXT + "plain", text, Field.Store.NO));
        writer().updateDocument(key, document);
    }

    /** Accents in one piece with their letters, as the folding of accents expects them. */
    private static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private void commit() {
        try {
            synchronized (committing) {
                if (writer().isOpen() && (writer().hasUncommittedChanges() || !state.equals(committed()))) {
                    writer().setLiveCommitData(new HashMap<>(state).entrySet());
                    writer().commit();
                }
            }
        } catch (IOException e) {
            LOG.warn("The search index cannot be written; it will be built anew", e);
        }
    }

    private Map<String, String> committed() {
        Map<String, String> data = new HashMap<>();
        if (writer().getLiveCommitData() != null) {
            writer().getLiveCommitData().forEach(e -> data.put(e.getKey(), e.getValue()));
        }
        return data;
    }

    @Override
    public List<Long> search(SearchQuery query) {
        return find(query).stream().map(Initiative::id).toList();
    }

    @Override
    public List<Initiative> find(SearchQuery query) {
        return best(searcher -> lucene(searcher, query), query.offset(), query.limit());
    }

    @Override
    public List<Long> similar(String kind, String title, int limit) {
        return best(searcher -> similar(kind, title), 0, limit).stream()
                .map(Initiative::id)
                .toList();
    }

    private interface Question {
        Query of(IndexSearcher searcher) throws IOException;
    }

    private List<Initiative> best(Question question, int offset, int limit) {
        try {
            IndexSearcher searcher = searchers().acquire();
            try {
                TopFieldDocs top = searcher.search(question.of(searcher), offset + limit, BEST_FIRST);
                return Arrays.stream(top.scoreDocs)
                        .skip(offset)
                        .map(LuceneSearch::initiative)
                        .toList();
            } finally {
                searchers().release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sort by id and kind has read them already. */
    private static Initiative initiative(ScoreDoc hit) {
        Object[] keys = ((FieldDoc) hit).fields;
        return new Initiative(((BytesRef) keys[2]).utf8ToString(), (Long) keys[1]);
    }

    @Override
    public List<String> kinds() {
        return sources.keySet().stream().sorted().toList();
    }

    /** The words that are looked at. */
    private static List<String> words(String text) {
        String looked = text.substring(0, Math.min(text.length(), SearchQuery.MAX_WORDS));
        List<String> words = TextAnalysis.terms(TextAnalysis.PLAIN, composed(looked));
        return words.subList(0, Math.min(words.size(), MAX_TERMS));
    }

    private static Query similar(String kind, String title) {
        List<String> words = words(title);
        BooleanQuery.Builder several = new BooleanQuery.Builder();
        int telling = 0;
        for (int i = 0; i < words.size(); i++) {
            if (!TextAnalysis.isStopWord(words.get(i))) {
                several.add(word(words.get(i), i == words.size() - 1), Occur.SHOULD);
                telling++;
            }
        }
        if (telling == 0) {
            return new MatchNoDocsQuery("nothing that says anything");
        }
        several.setMinimumNumberShouldMatch(telling / 2 + 1);
        return new BooleanQuery.Builder()
                .add(new TermQuery(new Term(KIND, kind)), Occur.FILTER)
                .add(several.build(), Occur.MUST)
                .build();
    }

    private static Query lucene(IndexSearcher searcher, SearchQuery query) throws IOException {
        List<String> plain = words(query.words());
        if (plain.isEmpty()) {
            return new MatchNoDocsQuery("nothing but punctuation");
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        if (!query.kind().equals(SearchQuery.EVERY_KIND)) {
            all.add(new TermQuery(new Term(KIND, query.kind())), Occur.FILTER);
        }
        query.filters().forEach((name, value) -> all.add(new TermQuery(new Term(FILTER + name, value)), Occur.FILTER));
        for (int i = 0; i < plain.size(); i++) {
            String word = plain.get(i);
            boolean last = i == plain.size() - 1;
            boolean dispensable = !last && TextAnalysis.isStopWord(word);
            Query exact = word(word, last);
            boolean misspelt = !dispensable && word.length() >= CORRECTABLE && !occurs(searcher, exact);
            all.add(misspelt ? nearest(word) : exact, dispensable ? Occur.SHOULD : Occur.MUST);
        }
        return all.build();
    }

    private static boolean occurs(IndexSearcher searcher, Query word) throws IOException {
        IndexReader reader = searcher.getIndexReader();
        Set<Term> terms = new HashSet<>();
        word.visit(QueryVisitor.termCollector(terms));
        for (Term term : terms) {
            // more documents than are gone, so one at least is there; the dictionary knows without a search
            if (reader.docFreq(term) > reader.numDeletedDocs()) {
                return true;
            }
        }
        return searcher.search(word, 1).scoreDocs.length > 0;
    }

    /** The words that are one or two letters away: left out, put in, changed or exchanged. The first letter is mostly right. */
    private static Query nearest(String word) {
        int edits = word.length() < LONG ? 1 : 2;
        BooleanQuery.Builder either = new BooleanQuery.Builder();
        either.add(
                new BoostQuery(
                        new FuzzyQuery(new Term(TITLE + "plain", word), edits, 1, MAX_CORRECTIONS, true), TITLE_WEIGHT),
                Occur.SHOULD);
        either.add(new FuzzyQuery(new Term(TEXT + "plain", word), edits, 1, MAX_CORRECTIONS, true), Occur.SHOULD);
        return either.build();
    }

    /** One word, in either language, in the title or the text; what a person is still typing also as a beginning. */
    private static Query word(String plain, boolean alsoBeginning) {
        BooleanQuery.Builder either = new BooleanQuery.Builder();
        for (var language :
                Map.of("fr", TextAnalysis.FRENCH, "en", TextAnalysis.ENGLISH).entrySet()) {
            for (String term : TextAnalysis.terms(language.getValue(), plain)) {
                either.add(
                        new BoostQuery(new TermQuery(new Term(TITLE + language.getKey(), term)), TITLE_WEIGHT),
                        Occur.SHOULD);
                either.add(new TermQuery(new Term(TEXT + language.getKey(), term)), Occur.SHOULD);
            }
        }
        either.add(new TermQuery(new Term(TITLE + "plain", plain)), Occur.SHOULD);
        either.add(new TermQuery(new Term(TEXT + "plain", plain)), Occur.SHOULD);
        if (alsoBeginning && plain.length() > 1) {
            either.add(new PrefixQuery(new Term(TITLE + "plain", plain)), Occur.SHOULD);
            either.add(new PrefixQuery(new Term(TEXT + "plain", plain)), Occur.SHOULD);
        }
        return either.build();
    }
}
