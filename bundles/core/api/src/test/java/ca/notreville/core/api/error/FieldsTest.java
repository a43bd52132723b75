// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    /** One code point, two UTF-16 units. */
    private static final String HERON = "\uD83D\uDC26";

    private final Fields fields = new Fields();

    @Test
    void everyErrorOfADraftIsToldAtOnceInTheOrderOfTheFields() {
        fields.text("title", " ", 5, 150);
        fields.text("need", "abc", 10, 2_000);
        fields.text("proposal", "abcdef", 1, 5);
        fields.oneOf("category", "nowhere", List.of("mobility", "sport"));
        fields.choice("choice", null, List.of("for"));
        fields.email("email", "ana");

        assertThat(errors())
                .containsExactly(
                        new FieldError("title", "required", Map.of()),
                        new FieldError("need", "too-short", Map.of("min", 10)),
                        new FieldError("proposal", "too-long", Map.of("max", 5, "length", 6)),
                        new FieldError("category", "not-one-of", Map.of("allowed", "mobility, sport")),
                        new FieldError("choice", "required", Map.of()),
                        new FieldError("email", "email", Map.of()));
    }

    @Test
    void aDraftWithoutErrorsIsVerified() {
        assertThat(fields.line("title", "Des bancs", 9, 9)).isEqualTo("Des bancs");
        assertThat(fields.text("need", null, 0, 10)).isEmpty();
        assertThat(fields.oneOf("category", " ", List.of("a"))).isNull();
        assertThat(fields.choice("choice", "a", List.of("a"))).isEqualTo("a");
        assertThat(fields.email("email", "ana@example.org")).isEqualTo("ana@example.org");

        fields.verify();
    }

    @Test
    void lengthsAreCountedInCodePointsAfterComposition() {
        assertThat(fields.text("a", HERON.repeat(5), 5, 5)).isEqualTo(HERON.repeat(5));
        assertThat(fields.text("b", "e\u0301".repeat(5), 5, 5)).isEqualTo("\u00E9".repeat(5));
        fields.verify();

        fields.text("c", HERON.repeat(6), 5, 5);

        assertThat(errors()).containsExactly(new FieldError("c", "too-long", Map.of("max", 5, "length", 6)));
    }

    @Test
    void controlsAndMarksThatTurnTheDirectionAreTakenOut() {
        assertThat(Fields.clean("a\u0000b\u0007c\u007Fd\u0085e\u202Ef\u2066g\uFEFFh\uFFFFi"))
                .isEqualTo("abcdefghi");
    }

    @Test
    void linesEndWithLineFeedsAndTabsStay() {
        assertThat(Fields.clean("a\r\nb\rc\n\td")).isEqualTo("a\nb\nc\n\td");
    }

    @Test
    void aSurrogateWithoutItsOtherHalfBecomesTheReplacementCharacter() {
        assertThat(Fields.clean("a\uD83Db\uDC26c")).isEqualTo("a\uFFFDb\uFFFDc");
        assertThat(Fields.clean("x\uD83D")).isEqualTo("x\uFFFD");
        assertThat(Fields.clean(HERON)).isEqualTo(HERON);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u00A0\u00A0\u00A0", "\u202F \u2003", "\n\t\n", "\u200B\u200B", "\u2060", "\u00AD"})
    void whatCannotBeSeenIsNoText(String blank) {
        assertThat(fields.text("body", blank, 1, 10)).isEmpty();
        assertThat(fields.line("name", blank, 1, 10)).isEmpty();

        assertThat(errors()).extracting(FieldError::code).containsExactly("required", "required");
    }

    @Test
    void outerBlanksOfEveryKindAreTakenOff() {
        assertThat(Fields.clean("\u00A0 \n« oui »\u202F\u00A0")).isEqualTo("« oui »");
    }

    @Test
    void marksThatJoinLettersAndPicturesStay() {
        String family = "\uD83D\uDC69\u200D\uD83D\uDC67";

        assertThat(Fields.clean(family)).isEqualTo(family);
        assertThat(Fields.clean("می\u200Cخواهم")).isEqualTo("می\u200Cخواهم");
    }

    @Test
    void onOneLineBlanksOfEveryKindAndNumberAreOneSpace() {
        assertThat(fields.line("title", "  Des\u00A0 bancs\r\n\tà  l’ombre ", 1, 50))
                .isEqualTo("Des bancs à l’ombre");
        assertThat(fields.line("title", "Des \u0000 bancs", 1, 50)).isEqualTo("Des bancs");
    }

    @Test
    void anAddressIsKeptInLowerCase() {
        assertThat(fields.email("email", " Ana.Tremblay+ville@Example.ORG "))
                .isEqualTo("ana.tremblay+ville@example.org");
        fields.verify();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ana",
                "@example.org",
                "ana@",
                "ana@example",
                "ana@example.",
                "ana@.org",
                "a b@example.org",
                "ana@exa mple.org",
                "ana@@example.org",
                "<ana>@example.org",
                "ana@example.org,",
                "ana@example.org>",
                "ana@example.org,bo@example.org",
            })
    void whatIsNoAddressIsRefused(String value) {
        fields.email("email", value);

        assertThat(errors()).containsExactly(new FieldError("email", "email", Map.of()));
    }

    @Test
    void anAddressIsAsLongAsItsColumnAtMost() {
        String longest = "a@" + "b".repeat(248) + ".org";
        assertThat(fields.email("email", longest)).hasSize(254);
        fields.verify();

        fields.email("email", "a" + longest);

        assertThat(errors()).extracting(FieldError::code).containsExactly("too-long");
    }

    @Test
    void anAddressThatFillsItsColumnOnlyInUtf16IsTooLongToo() {
        fields.email("email", HERON.repeat(60) + "@" + HERON.repeat(100) + ".org");

        assertThat(errors()).extracting(FieldError::code).containsExactly("too-long");
    }

    @Test
    void noMoreThanFortyAllowedValuesAreListed() {
        fields.oneOf(
                "place",
                "nowhere",
                java.util.stream.IntStream.range(0, 500).mapToObj(i -> "p" + i).toList());

        assertThat(errors().get(0).arguments().get("allowed")).asString().endsWith("p39");
    }

    @Test
    void aLongRunOfBlanksIsCleanedInNoTime() {
        String blanks = " ".repeat(200_000);

        assertThat(Fields.clean("a" + blanks + "b")).hasSize(200_002);
        assertThat(fields.line("title", "a" + blanks + "b" + blanks, 1, 10)).isEqualTo("a b");
    }

    @Test
    void anInvalidRequestNamesAtLeastOneField() {
        List<FieldError> none = List.of();

        assertThatThrownBy(() -> new InvalidException(none)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<FieldError> errors() {
        return catchThrowableOfType(InvalidException.class, fields::verify).errors();
    }
}
