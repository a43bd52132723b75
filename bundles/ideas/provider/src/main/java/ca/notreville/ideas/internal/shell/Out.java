// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.shell;

/** Where commands say what they did: the shell gives each its own standard output. */
final class Out {

    private Out() {}

    @SuppressWarnings("SystemOut")
    static void line(String text) {
        System.out.println(text);
    }
}
