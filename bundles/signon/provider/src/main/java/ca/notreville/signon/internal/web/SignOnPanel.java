// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal.web;

import ca.notreville.core.api.member.IdentityService;
import ca.notreville.core.api.member.IdentityService.Linked;
import ca.notreville.signon.internal.Provider;
import ca.notreville.signon.internal.view.StaticTemplates;
import ca.notreville.signon.internal.view.Templates;
import ca.notreville.web.api.AccountPanel;
import ca.notreville.web.api.Visit;
import gg.jte.Content;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The identities of an account, on its page; those of an earlier provider too, so that they can be taken away. */
@Component
public final class SignOnPanel implements AccountPanel {

    private static final Templates VIEWS = new StaticTemplates();
    private static final int RANK = 100;

    private final Provider provider;
    private final IdentityService identities;

    @Activate
    public SignOnPanel(@Reference Provider provider, @Reference IdentityService identities) {
        this.provider = provider;
        this.identities = identities;
    }

    @Override
    public int rank() {
        return RANK;
    }

    @Override
    public Optional<Content> render(Visit visit) {
        if (visit.caller().throughToken() || visit.caller().atCounter()) {
            return Optional.empty();
        }
        List<Linked> linked = identities.linked(visit.caller());
        if (linked.isEmpty() && !provider.configured()) {
            return Optional.empty();
        }
        boolean more = provider.configured()
                && linked.stream().noneMatch(one -> one.issuer().equals(provider.issuer()));
        return Optional.of(VIEWS.panel(visit, linked, this, more ? provider.name(visit.locale()) : ""));
    }

    /** What people call the issuer of this identity. */
    public String name(Visit visit, Linked identity) {
        String host = URI.create(identity.issuer()).getHost();
        return identity.issuer().equals(provider.issuer())
                ? provider.name(visit.locale())
                : host == null ? identity.issuer() : host;
    }
}
