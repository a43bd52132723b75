// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.language;

import ca.notreville.web.api.Messages;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The languages that people may choose: French, English and those of language packs, which come and go. */
@Component(service = Languages.class)
public final class Languages {

    private static final List<Locale> OURS = List.of(Locale.FRENCH, Locale.ENGLISH);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Messages messages;

    @Activate
    public Languages() {}

    /** For tests, which have no framework. */
    public Languages with(Messages texts) {
        messages = texts;
        return this;
    }

    /** Their codes, French first. */
    public List<String> codes() {
        Messages texts = messages;
        return (texts == null ? OURS : texts.languages())
                .stream().map(Locale::getLanguage).toList();
    }

    /** The code of the language that somebody reads who chose this one. */
    public String code(Locale chosen) {
        Messages texts = messages;
        return (texts == null ? chosen : spoken(texts, chosen)).getLanguage();
    }

    /** What a language is called by those who speak it. */
    public String name(String code) {
        Locale language = Locale.forLanguageTag(code);
        Messages texts = messages;
        return texts == null ? language.getDisplayLanguage(language) : texts.name(language);
    }

    /** The language itself, or French in place of one whose pack was taken away: its texts are French then. */
    public static Locale spoken(Messages texts, Locale language) {
        return texts.languages().stream().anyMatch(known -> known.getLanguage().equals(language.getLanguage()))
                ? language
                : Locale.FRENCH;
    }
}
