// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.member;

/**
 * From where somebody comes, so that they can tell their sessions apart later.
 *
 * @param agent what the browser or program says it is, cut at {@value #MAX_AGENT} characters; "" if it says nothing
 * @param address network address, cut at {@value #MAX_ADDRESS} characters
 */
public record Device(String agent, String address) {

    public static final int MAX_AGENT = 200;
    public static final int MAX_ADDRESS = 60;

    /** Somebody of whom the platform knows nothing, e.g. its own start. */
    public static final Device UNKNOWN = new Device("", "");

    public Device {
        agent = cut(agent, MAX_AGENT);
        address = cut(address, MAX_ADDRESS);
    }

    private static String cut(String text, int max) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.substring(0, Math.min(plain.length(), max));
    }
}
