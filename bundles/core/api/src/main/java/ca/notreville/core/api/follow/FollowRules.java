// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.follow;

/**
 * What a member follows without asking.
 *
 * @param author what they began
 * @param comment what they talked about
 * @param vote what they voted on
 */
public record FollowRules(boolean author, boolean comment, boolean vote) {

    public static final FollowRules DEFAULT = new FollowRules(true, true, false);

    public boolean on(Occasion occasion) {
        return switch (occasion) {
            case AUTHOR -> author;
            case COMMENT -> comment;
            case VOTE -> vote;
        };
    }
}
