// SPDX-License-Identifier: EUPL-1.2

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Checks the public list of votes that a Notreville platform exports, from the file alone. Needs Java 17 or newer and nothing
 * else, no network and no platform:
 *
 * <pre>
 * java VerifyVotes.java LIST [--root ROOT]... [--receipt RECEIPT]... [--subject SUBJECT]
 *
 * LIST       the file that was downloaded
 * --root     a root that was published before: must be in the list
 * --receipt  your receipt: tells what the list has for it
 * --subject  what the totals are wanted of, e.g. idea:42; all by default
 * </pre>
 *
 * <p>Ends with 0 if the list is whole and agrees with itself, 1 if not, 2 if it was not asked properly. It shares no line with
 * the platform, so that a mistake there is not made here again; write your own if you like, the form is in the documentation.
 */
final class VerifyVotes {

    private static final String FORMAT = "notreville-votes;1";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SUBJECT = Pattern.compile("[a-z][a-z-]*:[1-9][0-9]*");
    private static final Pattern WORD = Pattern.compile("[a-z_]+");
    private static final Pattern BALLOT = Pattern.compile("[0-9]+=[0-9]+(,[0-9]+=[0-9]+)*");
    private static final Set<String> ACTS = Set.of("cast", "changed", "withdrawn", "moved", "dropped");

    private record Entry(long line, String subject, String act, String content, String code, String replaced) {

        /** Whether it came about without the voter, whose receipt then finds it too. */
        boolean byItself() {
            return act.equals("moved") || act.equals("dropped");
        }
    }

    private static final class Rejected extends Exception {
        private static final long serialVersionUID = 1L;

        Rejected(String message) {
            super(message);
        }
    }

    /** Entries that count, by their codes. */
    private final Map<String, Entry> standing = new HashMap<>();

    /** Entries that were replaced, by their codes, and by what. */
    private final Map<String, String> replaced = new HashMap<>();

    private final List<Entry> unsealed = new ArrayList<>();
    private final Set<String> wantedRoots;
    private final Map<String, String> wantedReceipts = new TreeMap<>();
    private final Map<String, List<String>> found = new HashMap<>();
    private String hash = "0".repeat(64);
    private long entries;
    private long seals;
    private String lastSeal = "";

    private final PrintStream out;
    private final boolean french;

    private VerifyVotes(PrintStream out, Locale language, List<String> roots, List<String> receipts) {
        this.out = out;
        french = language.getLanguage().equals("fr");
        wantedRoots = new java.util.TreeSet<>(roots);
        receipts.forEach(receipt -> wantedReceipts.put(receipt, canonical(receipt)));
    }

    public static void main(String[] arguments) throws IOException {
        System.exit(run(System.out, Locale.getDefault(), arguments));
    }

    /** @return how the program ends */
    static int run(PrintStream out, Locale language, String... arguments) throws IOException {
        List<String> files = new ArrayList<>();
        Map<String, List<String>> options =
                Map.of("--root", new ArrayList<>(), "--receipt", new ArrayList<>(), "--subject", new ArrayList<>());
        for (int i = 0; i < arguments.length; i++) {
            List<String> values = options.get(arguments[i]);
            if (values == null) {
                files.add(arguments[i]);
            } else if (++i < arguments.length) {
                values.add(arguments[i]);
            }
        }
        VerifyVotes verify = new VerifyVotes(
                out,
                language,
                options.get("--root").stream().map(r -> r.toLowerCase(Locale.ROOT)).toList(),
                options.get("--receipt"));
        if (files.size() != 1 || files.get(0).startsWith("-")) {
            verify.say(
                    "java VerifyVotes.java LISTE [--root RACINE] [--receipt REÇU] [--subject idea:42]",
                    "java VerifyVotes.java LIST [--root ROOT] [--receipt RECEIPT] [--subject idea:42]");
            return 2;
        }
        try {
            verify.read(Path.of(files.get(0)));
            verify.tell(options.get("--subject"));
            return 0;
        } catch (Rejected | CharacterCodingException e) {
            verify.say("REFUSÉE : " + e.getMessage(), "REJECTED: " + e.getMessage());
            return 1;
        } catch (NoSuchFileException e) {
            verify.say("Aucun fichier de ce nom : " + e.getMessage(), "No such file: " + e.getMessage());
            return 2;
        }
    }

    private void read(Path file) throws IOException, Rejected {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)))) {
            String first = lines.readLine();
            if (!FORMAT.equals(first)) {
                throw new Rejected(text(
                        "la première ligne n’est pas « " + FORMAT + " »", "the first line is not \"" + FORMAT + "\""));
            }
            add(first);
            long number = 1;
            boolean ended = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (ended) {
                    throw wrong(number, "il y a des lignes après la fin", "there are lines after the end");
                }
                String[] parts = line.split(";", -1);
                switch (parts[0]) {
                    case "entry" -> entry(number, line, parts);
                    case "seal" -> seal(number, line, parts);
                    case "end" -> {
                        end(number, parts);
                        ended = true;
                    }
                    default -> throw wrong(number, "ligne inconnue", "unknown line");
                }
            }
            if (!ended) {
                throw new Rejected(text("le fichier est coupé : la fin manque", "the file is cut off: its end is missing"));
            }
        }
    }

    private void entry(long number, String line, String[] parts) throws Rejected {
        if (parts.length != 7
                || !SUBJECT.matcher(parts[2]).matches()
                || !ACTS.contains(parts[3])
                || !HEX.matcher(parts[5]).matches()
                || !(parts[6].equals("-") || HEX.matcher(parts[6]).matches())) {
            throw wrong(number, "entrée mal formée", "malformed entry");
        }
        entries++;
        if (!parts[1].equals(String.valueOf(entries))) {
            throw wrong(
                    number,
                    "l’entrée porte le numéro " + parts[1] + ", attendu : " + entries,
                    "the entry has number " + parts[1] + ", expected: " + entries);
        }
        boolean nothing = parts[3].equals("withdrawn") || parts[3].equals("dropped");
        if (nothing
                ? !parts[4].equals("-")
                : !WORD.matcher(parts[4]).matches() && !BALLOT.matcher(parts[4]).matches()) {
            throw wrong(number, "contenu mal formé", "malformed content");
        }
        if (parts[3].equals("cast") && !parts[6].equals("-")) {
            throw wrong(number, "un premier vote n’en remplace aucun", "a first vote replaces none");
        }
        unsealed.add(new Entry(number, parts[2], parts[3], parts[4], parts[5], parts[6]));
        add(line);
    }

    private void seal(long number, String line, String[] parts) throws Rejected {
        if (parts.length != 5 || !HEX.matcher(parts[4]).matches()) {
            throw wrong(number, "sceau mal formé", "malformed seal");
        }
        seals++;
        if (!parts[1].equals(String.valueOf(seals)) || !parts[2].equals(String.valueOf(entries)) || unsealed.isEmpty()) {
            throw wrong(
                    number,
                    "le sceau " + parts[1] + " compte " + parts[2] + " entrées; il y en a " + entries + " et c’est le sceau "
                            + seals,
                    "seal " + parts[1] + " counts " + parts[2] + " entries; there are " + entries + " and this is seal "
                            + seals);
        }
        add(line.substring(0, line.lastIndexOf(';')));
        if (!hash.equals(parts[4])) {
            throw wrong(
                    number,
                    "la racine du sceau " + seals + " ne suit pas de la liste : une entrée y a été changée, ôtée, ajoutée"
                            + " ou déplacée",
                    "the root of seal " + seals + " does not follow from the list: an entry was changed, dropped, added or"
                            + " moved");
        }
        take();
        wantedRoots.remove(parts[4]);
        lastSeal = parts[3];
    }

    /** What is under one seal is in no order of time: first all that came, then what no longer counts. */
    private void take() throws Rejected {
        for (Entry entry : unsealed) {
            if (standing.containsKey(entry.code) || replaced.containsKey(entry.code)) {
                throw wrong(entry.line, "ce code est déjà dans la liste", "this code is in the list already");
            }
            standing.put(entry.code, entry);
            wantedReceipts.forEach((typed, receipt) -> {
                String known = receipt + ';' + entry.subject + ';' + entry.content;
                if (sha256(entry.byItself() ? known + ';' + entry.replaced : known).equals(entry.code)) {
                    found.computeIfAbsent(typed, t -> new ArrayList<>()).add(entry.code);
                }
            });
        }
        for (Entry entry : unsealed) {
            if (entry.replaced.equals("-")) {
                continue;
            }
            Entry earlier = standing.get(entry.replaced);
            if (earlier == null || earlier == entry) {
                throw wrong(
                        entry.line,
                        "elle remplace un vote qui n’est pas dans la liste ou qui ne compte déjà plus",
                        "it replaces a vote that is not in the list or no longer counts already");
            }
            if (!earlier.subject.equals(entry.subject) && !entry.act.equals("moved")) {
                throw wrong(entry.line, "elle remplace un vote sur autre chose", "it replaces a vote on something else");
            }
            standing.remove(entry.replaced);
            replaced.put(entry.replaced, entry.act);
        }
        unsealed.clear();
    }

    private void end(long number, String[] parts) throws Rejected {
        if (parts.length != 3
                || !parts[1].equals(String.valueOf(entries))
                || !parts[2].equals(String.valueOf(seals))
                || !unsealed.isEmpty()) {
            throw wrong(
                    number,
                    "la fin annonce autre chose que ce que le fichier contient",
                    "the end announces something else than what the file holds");
        }
    }

    private void tell(List<String> subjects) throws Rejected {
        if (!wantedRoots.isEmpty()) {
            throw new Rejected(text(
                    "cette racine publiée n’est pas dans la liste : " + wantedRoots,
                    "this published root is not in the list: " + wantedRoots));
        }
        for (Map.Entry<String, List<String>> one : totals(subjects).entrySet()) {
            out.println(one.getKey() + "  " + String.join(", ", one.getValue()));
        }
        boolean unknown = false;
        for (String typed : wantedReceipts.keySet()) {
            List<String> codes = found.getOrDefault(typed, List.of());
            Entry entry = codes.stream()
                    .map(standing::get)
                    .filter(e -> e != null)
                    .findFirst()
                    .orElse(null);
            if (codes.isEmpty()) {
                say(typed + " : n’est pas dans cette liste", typed + ": is not in this list");
                unknown = true;
            } else if (entry != null && !entry.content.equals("-")) {
                say(
                        typed + " : compte, " + entry.subject + " " + entry.content,
                        typed + ": counts, " + entry.subject + " " + entry.content);
            } else {
                String act = entry != null
                        ? entry.act
                        : codes.stream()
                                .map(replaced::get)
                                .filter(a -> !a.equals("moved") && !a.equals("dropped"))
                                .findFirst()
                                .orElse("");
                say(typed + " : ne compte plus (" + act + ")", typed + ": no longer counts (" + act + ")");
            }
        }
        if (unknown) {
            throw new Rejected(text("un reçu n’est pas dans la liste", "a receipt is not in the list"));
        }
        say("ACCEPTÉE : " + entries + " entrées, " + seals + " sceaux, le dernier du " + lastSeal + "\nracine : " + hash,
                "ACCEPTED: " + entries + " entries, " + seals + " seals, the last of " + lastSeal + "\nroot: " + hash);
    }

    /** What was voted on, and how often each thing was said of it. */
    private Map<String, List<String>> totals(List<String> subjects) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (Entry entry : standing.values()) {
            if (!entry.content.equals("-") && (subjects.isEmpty() || subjects.contains(entry.subject))) {
                Map<String, Long> one = counts.computeIfAbsent(entry.subject, s -> new TreeMap<>());
                for (String said : entry.content.split(",")) {
                    one.merge(said, 1L, Long::sum);
                }
            }
        }
        Map<String, List<String>> totals = new TreeMap<>();
        counts.forEach((subject, one) -> {
            List<String> all = new ArrayList<>();
            one.forEach((said, count) -> all.add(said + " " + count));
            totals.put(subject, all);
        });
        return totals;
    }

    private void add(String line) {
        hash = sha256(hash + line);
    }

    /** As receipts are handed out. */
    private static String canonical(String typed) {
        String plain = typed.replaceAll("[\\s-]", "")
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return String.join("-", plain.split("(?<=\\G.{4})"));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Rejected wrong(long line, String french, String english) {
        return new Rejected(text("ligne " + line + " : " + french, "line " + line + ": " + english));
    }

    private String text(String inFrench, String inEnglish) {
        return french ? inFrench : inEnglish;
    }

    private void say(String inFrench, String inEnglish) {
        out.println(text(inFrench, inEnglish));
    }
}
