// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.api;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Participatory budgets and their projects. Each call is one transaction; what those who make budgets do stands in the audit log.
 * Once voting has begun, neither a budget nor its projects change: the clock of the server decides, inside the transaction.
 */
@ProviderType
public interface BudgetService {

    /** Kind of the initiatives of this module. */
    String KIND = "budget";

    /** Action: make budgets, bring them in from files. */
    String MANAGE = "budgets.manage";

    int MAX_PROJECTS = 1_000;

    /** Of a budget and of a project, in cents. */
    long MAX_AMOUNT = 10_000_000_000_000L;

    /**
     * Latest first; drafts only for who may {@link #MANAGE}.
     *
     * @param paging cursors of this list have one number
     */
    Slice<Budget> list(Caller caller, Paging paging);

    /** @throws NotFoundException if the caller can see no such budget */
    Budget get(Caller caller, long id);

    /**
     * In the order of the published list.
     *
     * @throws NotFoundException if the caller can see no such budget
     */
    List<BudgetProject> projects(Caller caller, long budget);

    /**
     * Makes a draft, which nobody else sees.
     *
     * @throws InvalidException naming each field that breaks a limit
     * @throws ForbiddenException without {@link #MANAGE}
     */
    Budget create(Caller caller, BudgetDraft draft);

    /**
     * @throws InvalidException naming each field that breaks a limit
     * @throws ConflictException {@code budgets.begun} once voting has begun
     */
    Budget change(Caller caller, long id, BudgetDraft draft);

    /**
     * Shows a draft to everybody.
     *
     * @throws ConflictException {@code budgets.no-projects} without a project, {@code budgets.over-already} if voting would be over
     */
    Budget publish(Caller caller, long id);

    /**
     * Adds a project at the end of the list.
     *
     * @throws InvalidException naming each field that breaks a limit
     * @throws ConflictException {@code budgets.begun} once voting has begun, {@code budgets.full} after {@value #MAX_PROJECTS}
     */
    BudgetProject add(Caller caller, long budget, ProjectDraft draft);

    /**
     * @throws InvalidException naming each field that breaks a limit
     * @throws ConflictException {@code budgets.begun} once voting has begun
     */
    BudgetProject change(Caller caller, long budget, long project, ProjectDraft draft);

    /** @throws ConflictException {@code budgets.begun} once voting has begun */
    void remove(Caller caller, long budget, long project);

    /**
     * The result by a rule.
     *
     * @param rule {@code null} for the rule of the budget
     * @return empty until it is decided
     * @throws NotFoundException if the caller can see no such budget
     */
    Optional<Result> result(Caller caller, long budget, @Nullable Rule rule);

    /** A moment as drafts take it: {@code 2026-10-01T09:00} in the municipality's time zone. */
    String local(Instant moment);
}
