// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.util.ElisionFilter;

/** How words are made equal: accents, case, elisions, endings. Every text is read both as French and as English. */
final class TextAnalysis {

    /** French: {@code l’École} and {@code ecoles} are one word. */
    static final Analyzer FRENCH = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer words = new StandardTokenizer();
            TokenStream stream = new LowerCaseFilter(words);
            stream = new ElisionFilter(stream, FrenchAnalyzer.DEFAULT_ARTICLES);
            stream = new StopFilter(stream, FrenchAnalyzer.getDefaultStopSet());
            stream = new ASCIIFoldingFilter(stream);
            return new TokenStreamComponents(words, new FrenchLightStemFilter(stream));
        }
    };

    /** English: {@code trees} and {@code Tree’s} are one word. */
    static final Analyzer ENGLISH = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer words = new StandardTokenizer();
            TokenStream stream = new EnglishPossessiveFilter(words);
            stream = new LowerCaseFilter(stream);
            stream = new StopFilter(stream, EnglishAnalyzer.getDefaultStopSet());
            stream = new ASCIIFoldingFilter(stream);
            return new TokenStreamComponents(words, new PorterStemFilter(stream));
        }
    };

    /** Words as they are, without accents, case and elisions: for beginnings of words. */
    static final Analyzer PLAIN = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer words = new StandardTokenizer();
            TokenStream stream = new LowerCaseFilter(words);
            stream = new ElisionFilter(stream, FrenchAnalyzer.DEFAULT_ARTICLES);
            return new TokenStreamComponents(words, new ASCIIFoldingFilter(stream));
        }
    };

    /** Without accents, as words are compared with them. */
    private static final Set<String> STOP = Stream.of(
                    FrenchAnalyzer.getDefaultStopSet(), EnglishAnalyzer.getDefaultStopSet())
            .flatMap(Set::stream)
            .map(word -> terms(PLAIN, String.valueOf((char[]) word)))
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());

    private TextAnalysis() {}

    /** The terms that an analyzer makes of a text, in order. */
    static List<String> terms(Analyzer analyzer, String text) {
        List<String> terms = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return terms;
    }

    /** Whether a word says nothing in one of the languages, so that it need not be found. */
    static boolean isStopWord(String plain) {
        return STOP.contains(plain);
    }
}
