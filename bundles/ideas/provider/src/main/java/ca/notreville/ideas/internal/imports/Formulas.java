// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

/**
 * Keeps spreadsheets from taking what somebody wrote for a formula. A cell that begins, after any number of apostrophes, like one gets
 * one more apostrophe, so that taking one away gives back exactly what was there.
 */
public final class Formulas {

    private static final String BEGINNINGS = "=+-@\t\r＝＋－＠";

    private Formulas() {}

    public static String guard(String cell) {
        return looksLikeOne(cell) ? "'" + cell : cell;
    }

    static String bare(String cell) {
        return cell.startsWith("'") && looksLikeOne(cell) ? cell.substring(1) : cell;
    }

    private static boolean looksLikeOne(String cell) {
        int at = 0;
        while (at < cell.length() && cell.charAt(at) == '\'') {
            at++;
        }
        return at < cell.length() && BEGINNINGS.indexOf(cell.charAt(at)) >= 0;
    }
}
