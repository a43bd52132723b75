// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.member.Device;
import ca.notreville.core.api.member.IdentityService.Identity;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.SignUp;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The language of a member is any that is installed, and stays chosen while its pack is away. */
@OnDatabase
class LanguagePacksTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final Locale SPANISH = Locale.forLanguageTag("es");
    private static final Device PHONE = new Device("Firefox", "192.0.2.1");

    @SuppressWarnings("NullAway.Init")
    private Town town;

    @BeforeEach
    void start() {
        town = new Town(database);
    }

    private SignUp signUp(@Nullable String language) {
        return new SignUp("l" + town.ids.next() + "@example.org", "une phrase à moi", "Ana", null, null, language);
    }

    private static Caller as(Member member) {
        return Caller.member(member.id(), member.displayName(), Set.of(), member.language());
    }

    private Locale languageOf(Member member) {
        return town.members.find(member.id()).orElseThrow().language();
    }

    @Test
    void whoSignsUpMayChooseTheLanguageOfAPackAndNoneThatIsNotThere() {
        assertThatThrownBy(() -> town.members.signUp(Town.VISITOR, signUp("es")))
                .isInstanceOfSatisfying(InvalidException.class, e -> assertThat(e.errors())
                        .extracting(error -> error.field() + " " + error.code())
                        .containsExactly("language not-one-of"));

        town.packs.add(SPANISH);

        assertThat(languageOf(town.members.signUp(Town.VISITOR, signUp("es")))).isEqualTo(SPANISH);
        assertThat(languageOf(town.members.signUp(Caller.visitor(SPANISH), signUp(null))))
                .isEqualTo(SPANISH);
    }

    @Test
    void aMemberChangesTheLanguageAndGetsLettersInIt() {
        town.packs.add(SPANISH);
        Member member = town.somebody();

        town.accounts.changeLanguage(as(member), "es");

        assertThat(languageOf(member)).isEqualTo(SPANISH);
        town.accounts.forgot(Town.VISITOR, member.email(), PHONE);
        assertThat(town.posted.get(town.posted.size() - 1).language()).isEqualTo(SPANISH);
        assertThatThrownBy(() -> town.accounts.changeLanguage(as(member), "xx")).isInstanceOf(InvalidException.class);
        assertThatThrownBy(() -> town.accounts.changeLanguage(as(member), null)).isInstanceOf(InvalidException.class);
        assertThat(languageOf(member)).isEqualTo(SPANISH);
    }

    @Test
    void whatThePackLeftBehindStaysChosenAndNothingFailsWithoutIt() {
        town.packs.add(SPANISH);
        Member member = town.members.signUp(Town.VISITOR, signUp("es"));

        town.packs.clear();

        assertThat(town.sessions.openFor(member, PHONE).token()).isNotEmpty();
        town.accounts.forgot(Town.VISITOR, member.email(), PHONE);
        assertThat(town.posted.get(town.posted.size() - 1).to()).isEqualTo(member.email());
        assertThat(languageOf(member)).as("for when the pack is back").isEqualTo(SPANISH);
        town.accounts.changeLanguage(as(member), "en");
        assertThat(languageOf(member)).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void whoSignsOnHasTheLanguageThatTheProviderTellsIfItIsInstalledAndElseThatOfThePage() {
        town.packs.add(SPANISH);

        assertThat(signOn("es-MX").language()).isEqualTo(SPANISH);
        assertThat(signOn("pl").language()).isEqualTo(Locale.ENGLISH);
    }

    private Member signOn(String language) {
        long number = town.ids.next();
        Identity identity = new Identity(
                "https://id.example.org",
                String.valueOf(number),
                "Mon identité",
                "s" + number + "@example.org",
                true,
                "Ana",
                Locale.forLanguageTag(language));
        return town.identities
                .signOn(Town.VISITOR, identity, true, false, PHONE)
                .member();
    }
}
