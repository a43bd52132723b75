// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import gg.jte.Content;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Pictures drawn from a word and a number, for whatever has no photo: a little view of a riverside town, whose hills, houses,
 * trees and sky differ with the seed, and whose colours go with the theme. Only classes, no styles, so that the colours follow
 * the municipality's and the dark theme.
 */
final class Drawings {

    private static final int HUES = 12;
    private static final int WIDTH = 320;
    private static final int HEIGHT = 120;

    private Drawings() {}

    /** Number of the colour that goes with a person or a word. */
    static int hue(long seed) {
        return (int) Math.floorMod(new SplittableRandom(seed).nextLong(), (long) HUES);
    }

    /** One or two capitals. */
    static String initials(String name) {
        StringBuilder initials = new StringBuilder();
        for (String word : name.strip().split("[\\s-]+")) {
            if (!word.isEmpty() && Character.isLetterOrDigit(word.codePointAt(0)) && initials.length() < 2) {
                initials.appendCodePoint(word.codePointAt(0));
            }
        }
        return initials.isEmpty() ? "·" : initials.toString().toUpperCase(Locale.ROOT);
    }

    static Content of(String theme, long seed) {
        SplittableRandom random = new SplittableRandom(seed * 31 + theme.hashCode());
        StringBuilder svg = new StringBuilder(900);
        svg.append("<svg class=\"drawing hue-")
                .append(hue(theme.hashCode()))
                .append("\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" preserveAspectRatio=\"xMidYMax slice\" aria-hidden=\"true\" focusable=\"false\">");
        sun(svg, random);
        hill(svg, random, 70, "d2");
        houses(svg, random, theme);
        hill(svg, random, 98, "d4");
        water(svg, random);
        String drawn = svg.append("</svg>").toString();
        return output -> output.writeContent(drawn);
    }

    /** The wide picture at the top of the home page. */
    static Content banner() {
        return of("banner", 4);
    }

    private static void sun(StringBuilder svg, SplittableRandom random) {
        svg.append("<circle class=\"d1\" cx=\"")
                .append(40 + random.nextInt(240))
                .append("\" cy=\"")
                .append(26 + random.nextInt(22))
                .append("\" r=\"")
                .append(12 + random.nextInt(9))
                .append("\"/>");
    }

    private static void hill(StringBuilder svg, SplittableRandom random, int level, String tone) {
        int a = level - 14 + random.nextInt(18);
        int b = level - 22 + random.nextInt(26);
        int c = level - 14 + random.nextInt(18);
        svg.append("<path class=\"").append(tone).append("\" d=\"M0 ").append(a);
        svg.append("C60 ")
                .append(a - 18)
                .append(' ')
                .append(100)
                .append(' ')
                .append(b - 12)
                .append(" 160 ")
                .append(b);
        svg.append("S270 ").append(c + 12).append(" 320 ").append(c).append("V120H0z\"/>");
    }

    private static void houses(StringBuilder svg, SplittableRandom random, String theme) {
        int count = 3 + random.nextInt(3);
        boolean leafy = theme.hashCode() % 2 == 0;
        for (int i = 0; i < count; i++) {
            int x = 16 + i * (290 / count) + random.nextInt(20);
            int base = 104;
            if (random.nextInt(5) < (leafy ? 3 : 2)) {
                int r = 11 + random.nextInt(8);
                int top = base - 26 - random.nextInt(14);
                svg.append("<path class=\"d5\" d=\"M")
                        .append(x)
                        .append(' ')
                        .append(base)
                        .append("V")
                        .append(top)
                        .append("\"/>");
                svg.append("<circle class=\"d3\" cx=\"")
                        .append(x)
                        .append("\" cy=\"")
                        .append(top)
                        .append("\" r=\"")
                        .append(r)
                        .append("\"/>");
            } else {
                int w = 22 + random.nextInt(14);
                int top = base - 22 - random.nextInt(20);
                svg.append("<path class=\"d6\" d=\"M")
                        .append(x)
                        .append(' ')
                        .append(base)
                        .append("V")
                        .append(top)
                        .append("l")
                        .append(w / 2)
                        .append(' ')
                        .append(-w / 2)
                        .append("l")
                        .append(w / 2)
                        .append(' ')
                        .append(w / 2)
                        .append("V")
                        .append(base)
                        .append("z\"/>");
                svg.append("<path class=\"d7\" d=\"M")
                        .append(x + w / 2 - 3)
                        .append(' ')
                        .append(top + 6)
                        .append("h6v7h-6z\"/>");
            }
        }
    }

    private static void water(StringBuilder svg, SplittableRandom random) {
        int y = 106 + random.nextInt(5);
        svg.append("<path class=\"d8\" d=\"M0 ")
                .append(y)
                .append("q20 -5 40 0t40 0t40 0t40 0t40 0t40 0t40 0t40 0V120H0z\"/>");
    }
}
