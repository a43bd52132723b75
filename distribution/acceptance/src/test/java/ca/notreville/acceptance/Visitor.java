// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import ca.notreville.acceptance.Browsers.Look;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;

/** Somebody in front of the pages. Things are found by what people find them by: their words. */
final class Visitor {

    /** That a page with an error has an error status is no complaint. */
    private static final String ERROR_STATUS = "Failed to load resource: the server responded with a status of 4";

    private final BrowserContext context;
    private final Page page;
    private final Look look;
    private final List<String> complaints = new ArrayList<>();

    Visitor(BrowserContext context, Look look) {
        this.context = context;
        this.look = look;
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith(ERROR_STATUS)) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
    }

    BrowserContext context() {
        return context;
    }

    Page page() {
        return page;
    }

    Look look() {
        return look;
    }

    /** What the browser complained of: scripts that failed, what the security policy refused. */
    List<String> complaints() {
        return complaints;
    }

    /** The words of this visitor's language. */
    String words(String french, String english) {
        return look.french() ? french : english;
    }

    void go(String path) {
        page.navigate(path);
    }

    Locator button(String french, String english) {
        return page.getByRole(
                AriaRole.BUTTON,
                new Page.GetByRoleOptions().setName(words(french, english)).setExact(true));
    }

    Locator link(String french, String english) {
        return page.getByRole(
                AriaRole.LINK,
                new Page.GetByRoleOptions().setName(words(french, english)).setExact(true));
    }

    Locator link(String text) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(text));
    }

    Locator heading(String french, String english) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(words(french, english)));
    }

    /** The field with this label; what says that it is optional may follow. */
    Locator field(String french, String english) {
        return page.getByLabel(words(french, english));
    }

    Locator status() {
        return page.getByRole(AriaRole.STATUS);
    }

    /** Fills in the page of sign-up, which is open. */
    void signUp(String name, String email) {
        field("Votre nom", "Your name").fill(name);
        field("Courriel", "E-mail").fill(email);
        field("Mot de passe", "Password").fill(Api.PASSWORD);
        button("Créer mon compte", "Create my account").click();
    }

    /** Fills in the page of sign-in, which is open. */
    void signIn(String email, String password) {
        field("Courriel", "E-mail").fill(email);
        field("Mot de passe", "Password").fill(password);
        page.locator("main")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions()
                                .setName(words("Se connecter", "Sign in"))
                                .setExact(true))
                .click();
    }

    /** Signs in and is on the home page. */
    void signInAs(String email, String password) {
        go("/members/sign-in");
        signIn(email, password);
        assertThat(page.locator(".me")).isVisible();
    }

    void signInAs(Api.Person person) {
        signInAs(person.email(), Api.PASSWORD);
    }
}
