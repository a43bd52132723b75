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
    private static final int BASE = 104;
    private static final int MOODS = 6;
    private static final int BANNER_SKY = 110;
    private static final long BANNER_SEED = 11;

    private Drawings() {}

    /** Number of the colour that goes with a person or a word. */
    static int hue(long seed) {
        return (int) Math.floorMod(new SplittableRandom(seed).nextLong(), (long) HUES);
    }

    /** One or two capitals. */
    static String initials(String name) {
        StringBuilder initials = new StringBuilder();
        for (String word : name.strip().split("[\\s-]+", -1)) {
            if (!word.isEmpty() && Character.isLetterOrDigit(word.codePointAt(0)) && initials.length() < 2) {
                initials.appendCodePoint(word.codePointAt(0));
            }
        }
        return initials.isEmpty() ? "·" : initials.toString().toUpperCase(Locale.ROOT);
    }

    static Content of(String theme, long seed) {
        return draw(theme, seed, 0);
    }

    /** The tall picture at the top of the home page. */
    static Content banner() {
        return draw("banner", BANNER_SEED, BANNER_SKY);
    }

    /** @param sky how much more sky there is above the usual picture */
    private static Content draw(String theme, long seed, int sky) {
        SplittableRandom random = new SplittableRandom(seed * 31 + theme.hashCode());
        StringBuilder svg = new StringBuilder(900);
        svg.append("<svg class=\"drawing mood-")
                .append(Math.floorMod(theme.hashCode() * 7, MOODS))
                .append("\" viewBox=\"0 ")
                .append(-sky)
                .append(' ')
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT + sky)
                .append("\" preserveAspectRatio=\"xMidYMax slice\" aria-hidden=\"true\" focusable=\"false\">");
        sun(svg, random, sky);
        hill(svg, random, 70, "d2");
        houses(svg, random);
        hill(svg, random, 98, "d4");
        water(svg, random);
        String drawn = svg.append("</svg>").toString();
        return output -> output.writeContent(drawn);
    }

    private static void sun(StringBuilder svg, SplittableRandom random, int sky) {
        svg.append("<circle class=\"d1\" cx=\"")
                .append(40 + random.nextInt(240))
                .append("\" cy=\"")
                .append(26 + random.nextInt(22) - sky / 2)
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

    private static void houses(StringBuilder svg, SplittableRandom random) {
        int count = 4 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            int x = 12 + i * (296 / count) + random.nextInt(16);
            if (random.nextInt(5) < 3) {
                tree(svg, random, x);
            } else {
                house(svg, random, x);
            }
        }
    }

    private static void tree(StringBuilder svg, SplittableRandom random, int x) {
        int radius = 10 + random.nextInt(8);
        int top = BASE - 24 - random.nextInt(14);
        svg.append("<path class=\"d5\" d=\"M")
                .append(x)
                .append(' ')
                .append(BASE)
                .append('V')
                .append(top)
                .append("\"/>");
        svg.append("<circle class=\"g")
                .append(random.nextInt(4))
                .append("\" cx=\"")
                .append(x)
                .append("\" cy=\"");
        svg.append(top).append("\" r=\"").append(radius).append("\"/>");
    }

    private static void house(StringBuilder svg, SplittableRandom random, int x) {
        int half = 11 + random.nextInt(7);
        int top = BASE - 20 - random.nextInt(16);
        svg.append("<path class=\"w")
                .append(random.nextInt(4))
                .append("\" d=\"M")
                .append(x)
                .append(' ')
                .append(BASE);
        svg.append('V')
                .append(top)
                .append('h')
                .append(2 * half)
                .append('V')
                .append(BASE)
                .append("z\"/>");
        svg.append("<path class=\"d6\" d=\"M")
                .append(x - 3)
                .append(' ')
                .append(top)
                .append('l')
                .append(half + 3);
        svg.append(" -")
                .append(half)
                .append(' ')
                .append(half + 3)
                .append(' ')
                .append(half)
                .append("z\"/>");
        svg.append("<path class=\"d7\" d=\"M")
                .append(x + half - 3)
                .append(' ')
                .append(top + 6)
                .append("h6v8h-6z\"/>");
    }

    private static void water(StringBuilder svg, SplittableRandom random) {
        int y = 106 + random.nextInt(5);
        svg.append("<path class=\"d8\" d=\"M0 ")
                .append(y)
                .append("q20 -5 40 0t40 0t40 0t40 0t40 0t40 0t40 0t40 0V120H0z\"/>");
    }
}
