// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal.web;

import ca.notreville.signon.internal.Provider;
import ca.notreville.signon.internal.view.StaticTemplates;
import ca.notreville.signon.internal.view.Templates;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.SignInPart;
import ca.notreville.web.api.Visit;
import gg.jte.Content;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The button on the pages of sign-in and sign-up: a link, or a form where it must carry more than a link can. */
@Component
public final class SignOnButton implements SignInPart {

    private static final Templates VIEWS = new StaticTemplates();
    private static final int RANK = 100;

    private final Provider provider;

    @Activate
    public SignOnButton(@Reference Provider provider) {
        this.provider = provider;
    }

    @Override
    public int rank() {
        return RANK;
    }

    @Override
    public Optional<Content> render(Visit visit, Form signIn) {
        return provider.configured()
                ? Optional.of(VIEWS.button(visit, signIn, provider.name(visit.locale()), provider.opensAccounts()))
                : Optional.empty();
    }
}
