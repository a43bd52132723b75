// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.privacy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The two registers: of confidentiality incidents, and of looks at personal data by staff. */
@ProviderType
public interface PrivacyRegister {

    /** Read and write the registers. */
    String REGISTER = "core.privacy";

    int MAX_TEXT = 4_000;
    int MAX_INFORMATION = 2_000;
    int MAX_WHAT = 60;

    /**
     * Notes that somebody of the staff is shown what only the member themselves and staff may see. Call before it is shown;
     * looking at oneself is not noted, nor is a second look within the hour.
     *
     * @param what {@code email}, {@code profile} …, {@value #MAX_WHAT} characters at most
     */
    void seen(Caller caller, long member, String what);

    /**
     * Newest first.
     *
     * @param paging cursors of this list have one number
     * @throws ForbiddenException without {@link #REGISTER}
     */
    Slice<Access> accesses(Caller caller, @Nullable Long member, Paging paging);

    /**
     * Newest first.
     *
     * @param paging cursors of this list have one number
     * @throws ForbiddenException without {@link #REGISTER}
     */
    Slice<Incident> incidents(Caller caller, Paging paging);

    /**
     * @throws NotFoundException if there is none
     * @throws ForbiddenException without {@link #REGISTER}
     */
    Incident incident(Caller caller, long id);

    /**
     * Writes an incident into the register; the audit log keeps who did.
     *
     * @param id 0 for a new one
     * @throws InvalidException on the fields of the draft
     * @throws ForbiddenException without {@link #REGISTER}
     */
    Incident record(Caller caller, long id, IncidentDraft draft);

    /** A look. */
    record Access(long id, long actor, long member, String what, Instant at) {}

    /**
     * An incident as it was sent; days are written {@code 2026-05-31}.
     *
     * @param happenedOn required, not in the future
     * @param noticedOn required, not before it happened and not in the future
     * @param circumstances required, {@value #MAX_TEXT} characters at most
     * @param information which personal information, required, {@value #MAX_INFORMATION} characters at most
     * @param persons how many people are concerned, 0 to 10,000,000
     * @param serious whether there is a risk of serious injury
     * @param assessment why, {@value #MAX_TEXT} characters at most
     * @param measures taken, {@value #MAX_TEXT} characters at most
     * @param authorityToldOn when the Commission d'accès à l'information was told
     * @param personsToldOn when the people concerned were told
     */
    record IncidentDraft(
            @Nullable String happenedOn,
            @Nullable String noticedOn,
            @Nullable String circumstances,
            @Nullable String information,
            @Nullable String persons,
            boolean serious,
            @Nullable String assessment,
            @Nullable String measures,
            @Nullable String authorityToldOn,
            @Nullable String personsToldOn) {}

    /** An incident. */
    record Incident(
            long id,
            LocalDate happenedOn,
            LocalDate noticedOn,
            String circumstances,
            String information,
            int persons,
            boolean serious,
            String assessment,
            String measures,
            @Nullable LocalDate authorityToldOn,
            @Nullable LocalDate personsToldOn,
            long recordedBy,
            Instant recordedAt) {}
}
