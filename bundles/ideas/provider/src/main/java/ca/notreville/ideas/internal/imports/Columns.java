// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.ideas.api.ImportMapping;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which columns of a file are what.
 *
 * @param source name of where the file comes from, "" for files that name their columns themselves
 * @param states words of states by the words of the file
 */
record Columns(String source, Map<String, List<String>> names, Map<String, String> states) {

    /** One of these columns in one of any languages: {@code title/fr}. */
    private static final Set<String> IN_ANY_LANGUAGE =
            Set.of("title", "body", "description", "category/name", "taxonomies/name", "scope/name");

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z]{2,4})?");
    private static final String FRENCH = "/fr";

    /**
     * Those of Decidim's open data, whose columns differ with the version, the languages and the component; and of what this platform
     * exports.
     */
    static final Columns KNOWN = new Columns(
            "",
            Map.ofEntries(
                    Map.entry("id", List.of("id")),
                    Map.entry("reference", List.of("reference")),
                    Map.entry("title", List.of("title")),
                    Map.entry("need", List.of("need")),
                    // debates have a description where proposals have a body
                    Map.entry("proposal", List.of("body", "description")),
                    Map.entry("category", List.of("category/name", "category", "taxonomies/name")),
                    Map.entry("neighbourhood", List.of("scope/name", "scope")),
                    Map.entry("author", List.of("author/name", "author_name")),
                    Map.entry("date", List.of("published_at", "created_at")),
                    Map.entry("state", List.of("state", "answer/state")),
                    Map.entry(
                            "supports",
                            List.of("votes", "supports", "proposal_votes_count", "endorsements/total_count")),
                    Map.entry("address", List.of("url"))),
            Map.of(
                    "accepted", "accepted",
                    "rejected", "declined",
                    "evaluating", "under_review",
                    "withdrawn", "withdrawn"));

    static Columns of(ImportMapping mapping) {
        return new Columns(mapping.name(), mapping.columns(), mapping.states());
    }

    /** A cell and the column that it is in; of none, the first column that it could be in. */
    record Cell(String column, String text) {}

    /** The first cell of a field that has something. */
    Cell find(Row row, String field) {
        List<String> candidates = names.getOrDefault(field, List.of());
        for (String name : candidates) {
            String text = row.cell(name);
            if (!text.isEmpty()) {
                return new Cell(name, text);
            }
            if (source.isEmpty() && IN_ANY_LANGUAGE.contains(name)) {
                Cell cell = inAnyLanguage(row, name);
                if (!cell.text.isEmpty()) {
                    return cell;
                }
            }
        }
        return new Cell(there(row.columns().keySet(), candidates), "");
    }

    private static String there(Collection<String> columns, List<String> candidates) {
        return candidates.stream()
                .filter(columns::contains)
                .findFirst()
                .orElse(candidates.isEmpty() ? "" : candidates.get(0));
    }

    private static Cell inAnyLanguage(Row row, String name) {
        return row.columns().keySet().stream()
                .filter(column -> isLanguageOf(column, name))
                .sorted((a, b) -> a.endsWith(FRENCH) ? -1 : b.endsWith(FRENCH) ? 1 : a.compareTo(b))
                .map(column -> new Cell(column, row.cell(column)))
                .filter(cell -> !cell.text.isEmpty())
                .findFirst()
                .orElse(new Cell(name, ""));
    }

    private static boolean isLanguageOf(String column, String name) {
        return column.length() > name.length() + 1
                && column.startsWith(name)
                && column.charAt(name.length()) == '/'
                && LANGUAGE.matcher(column.substring(name.length() + 1)).matches();
    }

    /** Whether a file has some column for this field. */
    boolean has(Collection<String> columns, String field) {
        return names.getOrDefault(field, List.of()).stream()
                .anyMatch(name -> columns.contains(name)
                        || source.isEmpty()
                                && IN_ANY_LANGUAGE.contains(name)
                                && columns.stream().anyMatch(column -> isLanguageOf(column, name)));
    }

    /** What columns may be called in files that nobody made for this: in French and English, without accents and case. */
    private static final Map<String, String> WORDS = words();

    private static Map<String, String> words() {
        Map<String, String> words = new HashMap<>();
        Map.ofEntries(
                        Map.entry("id", "id no numero identifiant number ref reference code"),
                        Map.entry("title", "titre title nom name idee idea sujet subject objet intitule projet"),
                        Map.entry("need", "besoin need probleme problem constat contexte context pourquoi why"),
                        Map.entry(
                                "proposal",
                                "description texte text body contenu content proposition proposal solution details message"),
                        Map.entry("category", "categorie category theme thematique topic type"),
                        Map.entry(
                                "neighbourhood",
                                "quartier neighbourhood neighborhood secteur arrondissement district borough lieu scope"),
                        Map.entry("author", "auteur autrice author nom-de-l-auteur pseudo auteur-trice par"),
                        Map.entry(
                                "date",
                                "date created-at published-at date-de-creation date-de-publication cree-le publie-le"),
                        Map.entry("state", "etat state statut status etape"),
                        Map.entry("supports", "appuis supports votes soutiens likes nombre-de-votes nb-votes"),
                        Map.entry("address", "url lien link adresse-web page"))
                .forEach((field, all) -> List.of(all.split(" ")).forEach(word -> words.put(word, field)));
        return words;
    }

    /** What columns seem to be, by their names. */
    static Map<String, List<String>> guess(List<String> columns) {
        Map<String, List<String>> guess = new HashMap<>();
        for (String column : columns) {
            String field = WORDS.get(Decidim.slug(column).toLowerCase(Locale.ROOT));
            if (field != null) {
                guess.putIfAbsent(field, List.of(column));
            }
        }
        return guess;
    }
}
