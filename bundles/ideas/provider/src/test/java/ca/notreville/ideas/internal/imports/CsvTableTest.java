// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id;title\n1;un\n2;deux\n",
                "id,title\n1,un\n2,deux\n",
                "id;title\r\n1;un\r\n2;deux\r\n",
                "id;title\r1;un\r2;deux\r",
                "\uFEFFid;title\n1;un\n2;deux",
                "\uFEFF\"id\";\"title\"\n\"1\";\"un\"\n2;deux\n",
                "id;title\n\n1;un\n\n2;deux\n\n"
            })
    void everyWayToWriteTheSameTableIsRead(String text) {
        assertThat(rows(text))
                .extracting(row -> row.cell("id") + " " + row.cell("title"))
                .containsExactly("1 un", "2 deux");
    }

    @Test
    void quotedCellsHoldSeparatorsQuotesAndLines() {
        List<Row> rows = rows("id;body\n1;\"a;b \"\"c\"\"\nd\"\n2;e\n");

        assertThat(rows.get(0).cell("body")).isEqualTo("a;b \"c\"\nd");
        assertThat(rows).extracting(Row::line).containsExactly(2L, 4L);
    }

    @Test
    void theSeparatorIsTheOneThatTheHeaderHasMoreOf() {
        assertThat(rows("id,title,body\n1,un; deux; trois; quatre,x\n").get(0).cell("title"))
                .isEqualTo("un; deux; trois; quatre");
    }

    @Test
    void columnsAreFoundByNameInAnyOrder() {
        Row row = rows("title;id\nbanc;1\n").get(0);

        assertThat(row.cell("id")).isEqualTo("1");
        assertThat(row.cell("nothing")).isEmpty();
    }

    @Test
    void aRowWithMoreOrFewerCellsThanTheHeaderIsIncomplete() {
        assertThat(rows("a;b\n1;2\n1\n1;2;3\n1;2\n"))
                .extracting(Row::complete)
                .containsExactly(true, false, false, true);
    }

    @Test
    void columnsWithoutANameAreAllowedHoweverManyThereAre() {
        assertThat(rows("id;title;;\n1;un;;\n")).extracting(Row::complete).containsExactly(true);
    }

    @Test
    void aNameThatTwoColumnsHaveIsRefusedSinceNobodyKnowsWhichIsMeant() {
        assertThat(refused("id;title;title\n1;un;deux\n"))
                .extracting(FieldError::code, error -> error.arguments().get("columns"))
                .containsExactly("ideas.import-columns-twice", "title");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"id;body\n1;\"never ends", "id;body\n1;\"ends\"\"", "id;title;body\n1;un;b\n2;de", "id;\"bo"})
    void aFileThatEndsInTheMiddleIsCut(String text) {
        assertThat(refused(text).code()).isEqualTo("ideas.import-cut");
    }

    @Test
    void theLineOfACutIsTheOneOnWhichItsRowBegins() {
        assertThat(refused("id;title;body\n1;un;b\n2;de").arguments()).containsEntry("line", 3L);
    }

    @Test
    void aLastRowWithoutAnEndOfLineIsWhole() {
        assertThat(rows("id;title\n1;un")).hasSize(1);
    }

    @Test
    void aFileInWindows1252OrCutInsideALetterIsInAnotherEncoding() {
        assertThat(refused("id;title\n1;école\n".getBytes(Charset.forName("windows-1252")))
                        .code())
                .isEqualTo("ideas.import-encoding");
        byte[] whole = ("id;title\n" + "1;e\n".repeat(40_000) + "1;é").getBytes(UTF_8);
        assertThat(refused(java.util.Arrays.copyOf(whole, whole.length - 1)).code())
                .isEqualTo("ideas.import-encoding");
        assertThat(refused("id;title\n1;un\n".getBytes(Charset.forName("UTF-16")))
                        .code())
                .isEqualTo("ideas.import-encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "\n", "\r\n\r\n"})
    void aFileWithoutAHeaderIsEmpty(String text) {
        assertThat(refused(text).code()).isEqualTo("ideas.import-empty");
    }

    @Test
    void controlCharactersAreNoPartOfACell() {
        Row row = rows("id;title\n\u00001\u0000;a\u0000\u0007b\n").get(0);

        assertThat(row.cell("id")).isEqualTo("1");
        assertThat(row.cell("title")).isEqualTo("ab");
    }

    @Test
    void aVeryLongCellIsReadAndOneThatIsEndlessIsRefused() {
        assertThat(rows("id;body\n1;" + "x".repeat(2_000_000) + "\n").get(0).cell("body"))
                .hasSize(2_000_000);
        assertThat(refused("id;body\n1;" + "x".repeat(17_000_000) + "\n").code())
                .isEqualTo("ideas.import-malformed");
    }

    private static List<Row> rows(String text) {
        return rows(text.getBytes(UTF_8));
    }

    private static List<Row> rows(byte[] bytes) {
        List<Row> rows = new ArrayList<>();
        new CsvTable(new ByteArrayInputStream(bytes), "file").forEachRemaining(rows::add);
        return rows;
    }

    private static FieldError refused(String text) {
        return refused(text.getBytes(UTF_8));
    }

    private static FieldError refused(byte[] bytes) {
        var refused = catchThrowableOfType(InvalidException.class, () -> rows(bytes));
        assertThat(refused).isNotNull();
        assertThat(refused.errors()).hasSize(1);
        assertThat(refused.errors().get(0).field()).isEqualTo("file");
        return refused.errors().get(0);
    }
}
