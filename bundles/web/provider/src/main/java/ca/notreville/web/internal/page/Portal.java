// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.member.SessionService;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.api.territory.Town;
import ca.notreville.web.api.AccountPanel;
import ca.notreville.web.api.AdminEntry;
import ca.notreville.web.api.FooterEntry;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.HeadPart;
import ca.notreville.web.api.HomeDoor;
import ca.notreville.web.api.HomePanel;
import ca.notreville.web.api.InitiativeNotice;
import ca.notreville.web.api.InitiativePanel;
import ca.notreville.web.api.Messages;
import ca.notreville.web.api.NavEntry;
import ca.notreville.web.api.NeighbourhoodPanel;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.SignInPart;
import ca.notreville.web.api.Visit;
import gg.jte.Content;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the pages are put together from: the parts that modules bring, which come and go while requests run, and the services
 * of the core, whose absence for a moment (its bundle is being updated) must not bring the portal down.
 */
@Component(immediate = true, service = Portal.class)
public final class Portal {

    private static final Logger LOG = LoggerFactory.getLogger(Portal.class);

    private final Messages messages;
    private final Assets assets;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable SessionService sessions;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable AccessControl access;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable TerritoryService territory;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<NavEntry> nav = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<AdminEntry> adminEntries = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<FooterEntry> footerEntries = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<HeadPart> headParts = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<HomeDoor> doors = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<HomePanel> homePanels = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<InitiativeNotice> initiativeNotices = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<InitiativePanel> initiativePanels = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<NeighbourhoodPanel> neighbourhoodPanels = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<SignInPart> signInParts = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<AccountPanel> accountPanels = new CopyOnWriteArrayList<>();

    @Activate
    public Portal(@Reference Messages messages, @Reference Assets assets) {
        this.messages = messages;
        this.assets = assets;
    }

    public Messages messages() {
        return messages;
    }

    public Assets assets() {
        return assets;
    }

    public Optional<SessionService> sessions() {
        return Optional.ofNullable(sessions);
    }

    public boolean allows(Caller caller, String action) {
        AccessControl control = access;
        return control != null && control.allows(caller, action);
    }

    public Optional<TerritoryService> territory() {
        return Optional.ofNullable(territory);
    }

    public Town town() {
        TerritoryService service = territory;
        return service == null ? new Town("Notreville") : service.town();
    }

    List<NavEntry> nav(Caller caller) {
        return sorted(nav, NavEntry::rank).stream()
                .filter(entry -> entry.action().isEmpty() || allows(caller, entry.action()))
                .toList();
    }

    public List<FooterEntry> footerEntries() {
        return sorted(footerEntries, FooterEntry::rank);
    }

    /** What this person may look after; nothing for most. */
    List<AdminEntry> adminEntries(Caller caller) {
        AccessControl control = access;
        return control == null || !caller.signedIn()
                ? List.of()
                : sorted(adminEntries, AdminEntry::rank).stream()
                        .filter(entry -> control.allowsSomewhere(caller, entry.action()))
                        .toList();
    }

    /** The page that leads to all that a person may look after. */
    public Page admin(Visit visit) {
        visit.caller().requireMember();
        List<AdminEntry> entries = adminEntries(visit.caller());
        if (entries.isEmpty()) {
            throw new ForbiddenException();
        }
        return Page.of(visit.text("web.admin.title"), UiImpl.VIEWS.admin(visit, entries));
    }

    /** The entry of the page at this path, or of the nearest page above it. */
    public static @Nullable NavEntry nearest(List<NavEntry> entries, String path) {
        return entries.stream()
                .filter(entry -> path.equals(entry.path()) || path.startsWith(entry.path() + "/"))
                .max(Comparator.comparingInt(entry -> entry.path().length()))
                .orElse(null);
    }

    private List<HomeDoor> doors() {
        return sorted(doors, HomeDoor::rank);
    }

    /** The home page. */
    public Page home(Visit visit) {
        String town = town().name();
        return Page.of(town, UiImpl.VIEWS.home(visit, town, Drawings.banner(), doors(), homePanels(visit)))
                .describedAs(visit.text("web.home.lead"));
    }

    private List<Content> homePanels(Visit visit) {
        return render(sorted(homePanels, HomePanel::rank), panel -> panel.render(visit));
    }

    /** What stands in the head of the page for somebody who is signed in. */
    public List<Content> headParts(Visit visit) {
        return visit.caller().signedIn()
                ? render(sorted(headParts, HeadPart::rank), part -> part.render(visit))
                : List.of();
    }

    List<Content> notices(Visit visit, Initiative initiative) {
        return render(sorted(initiativeNotices, InitiativeNotice::rank), notice -> notice.render(visit, initiative));
    }

    List<Content> panels(Visit visit, Initiative initiative) {
        return render(sorted(initiativePanels, InitiativePanel::rank), panel -> panel.render(visit, initiative));
    }

    List<Content> panels(Visit visit, Neighbourhood neighbourhood) {
        return render(sorted(neighbourhoodPanels, NeighbourhoodPanel::rank), p -> p.render(visit, neighbourhood));
    }

    List<Content> signInParts(Visit visit, Form signIn) {
        return render(sorted(signInParts, SignInPart::rank), part -> part.render(visit, signIn));
    }

    List<Content> accountPanels(Visit visit) {
        return render(sorted(accountPanels, AccountPanel::rank), panel -> panel.render(visit));
    }

    private static <T> List<T> sorted(List<T> parts, ToIntFunction<T> rank) {
        return parts.stream().sorted(Comparator.comparingInt(rank)).toList();
    }

    /** A part whose module fails, or is just leaving, is left out: the page is whole without it. */
    private static <T> List<Content> render(List<T> parts, Function<T, Optional<Content>> how) {
        return parts.stream()
                .<Content>mapMulti((part, into) -> {
                    try {
                        how.apply(part).ifPresent(into);
                    } catch (RuntimeException e) {
                        LOG.warn("Left out of a page: {}", part.getClass().getName(), e);
                    }
                })
                .toList();
    }
}
