// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import org.jspecify.annotations.Nullable;

/**
 * What the public list has for a receipt: the entry that it was handed out for, or the last one that followed from it by itself
 * ({@link VoteAct#followsByItself}).
 *
 * @param receipt as it was handed out
 * @param subject what was voted on, as {@code kind:id}
 * @param content what the vote says: the word of a {@link Choice}; {@code option=value}, parted by commas, for a ballot with several
 *     options; {@code -} for a vote that was taken back
 * @param act how the entry came about
 * @param code what stands for the receipt in the list, see {@link ReceiptService}
 * @param entry number of the entry in the list; 0 while it is not sealed
 * @param seal the seal that it is under; {@code null} while it waits for one, for a minute at most while the platform runs
 * @param replacedBy what took its place, so that it no longer counts; {@code null} if it stands
 */
public record VoteReceipt(
        String receipt,
        String subject,
        String content,
        VoteAct act,
        String code,
        long entry,
        @Nullable VoteSeal seal,
        @Nullable VoteAct replacedBy) {}
