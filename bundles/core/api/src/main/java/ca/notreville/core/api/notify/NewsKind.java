// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.notify;

/**
 * A kind of news that members decide about.
 *
 * @param id {@code <module>.<word>}, 60 characters at most; its label is under {@code news.<id>}
 * @param usually how it reaches those who decided nothing
 */
public record NewsKind(String id, Delivery usually) {

    public static final int MAX_ID = 60;

    public static NewsKind of(String id, Delivery.Mail mail) {
        return new NewsKind(id, new Delivery(true, mail));
    }
}
