// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import gg.jte.Content;
import java.util.HashMap;
import java.util.Map;

/** The portal's signs: line drawings on a grid of 24, in the colour of the text. */
final class Icons {

    private static final Map<String, Content> BY_NAME = new HashMap<>();

    static {
        add(
                "idea",
                "M9 18h6M10 21h4M12 3a6 6 0 0 0-3.6 10.8c.7.6 1.1 1.3 1.1 2.2h5c0-.9.4-1.6 1.1-2.2A6 6 0 0 0 12 3z");
        add("vote", "M4 13h16v7H4zM7 13l1.5-9h7L17 13M10 8l1.6 1.8L14.5 6.5");
        add("search", "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16.2 16.2 21 21");
        add(
                "place",
                "M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21zM12 7a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z");
        add("comment", "M4 5h16v11H10l-5 4v-4H4z");
        add("check", "M5 12.5 10 17.5 19 7");
        add("arrow", "M5 12h14M13 6l6 6-6 6");
        add("back", "M19 12H5M11 6l-6 6 6 6");
        add("plus", "M12 5v14M5 12h14");
        add("person", "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20c.8-3.8 3.8-6 7.5-6s6.7 2.2 7.5 6");
        add(
                "people",
                "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 19c.6-3.2 3.2-5 6.5-5s5.9 1.8 6.5 5M16 5.3a3.5 3.5 0 0 1 0 6.4M18 14.4c2 .7 3.2 2.3 3.6 4.6");
        add(
                "for",
                "M7 11v9H4v-9zM7 11l4-7c1.5 0 2.3 1.1 2 2.5L12.3 10H18c1.3 0 2.2 1.2 1.9 2.5l-1.5 6c-.2.9-1 1.5-1.9 1.5H7");
        add(
                "against",
                "M17 13V4h3v9zM17 13l-4 7c-1.5 0-2.3-1.1-2-2.5l.7-3.5H6c-1.3 0-2.2-1.2-1.9-2.5l1.5-6C5.8 4.6 6.6 4 7.5 4H17");
        add("neutral", "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM8.5 12h7");
        add("clock", "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 2");
        add("alert", "M12 4 2.5 20h19zM12 10v4.5M12 17v.5");
        add("lock", "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3");
        add("file", "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6");
        add("home", "M4 11 12 4l8 7v9h-5v-6H9v6H4z");
        add("bell", "M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21h4");
        add("call", "M4 10v4h3l8 4.5v-13L7 10zM18 9.5a4 4 0 0 1 0 5M8 14.5l1 5h2.5l-1-4");
        add("date", "M5 6h14v14H5zM5 10.5h14M9 3.5V8M15 3.5V8");
        add("mail", "M4 6h16v12H4zM4 7l8 6 8-6");
        add("globe", "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM4 12h16M12 4c3 2.5 3 13.5 0 16-3-2.5-3-13.5 0-16z");
    }

    private Icons() {}

    private static void add(String name, String path) {
        String svg = "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\"><path d=\""
                + path
                + "\"/></svg>";
        BY_NAME.put(name, output -> output.writeContent(svg));
    }

    /** @throws IllegalArgumentException for a name that is not in the set */
    static Content of(String name) {
        Content icon = BY_NAME.get(name);
        if (icon == null) {
            throw new IllegalArgumentException("no icon " + name);
        }
        return icon;
    }
}
