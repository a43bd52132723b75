// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.testing;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Reference;

/**
 * How a module is built, checked on its classes. Each module's {@code ArchitectureTest} runs all of them:
 *
 * <pre>
 * &#64;AnalyzeClasses(packages = "ca.notreville.ideas", importOptions = ImportOption.DoNotIncludeTests.class)
 * class ArchitectureTest {
 *     &#64;ArchTest
 *     static final ArchTests RULES = ArchTests.in(HouseRules.class);
 * }
 * </pre>
 */
public final class HouseRules {

    private HouseRules() {}

    /** REST and pages go through the services. */
    @ArchTest
    public static final ArchRule WEB_DOES_NOT_SEE_TABLES = noClasses()
            .that()
            .resideInAnyPackage("..internal.rest..", "..internal.web..", "..internal.shell..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..internal.jpa..")
            .allowEmptyShould(true);

    /** Tables know nothing of who shows them. */
    @ArchTest
    public static final ArchRule TABLES_DO_NOT_SEE_WEB = noClasses()
            .that()
            .resideInAPackage("..internal.jpa..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..internal.rest..", "..internal.web..", "ca.notreville.web..")
            .allowEmptyShould(true);

    /** What a module exports is free of frameworks, so that it can outlive them. */
    @ArchTest
    public static final ArchRule EXPORTS_ARE_PLAIN = noClasses()
            .that(resideInAnyPackage("ca.notreville.*.api..", "ca.notreville.*.event..", "ca.notreville.*.spi..")
                    .and(not(resideInAnyPackage("ca.notreville.web.api..", "ca.notreville.persistence.api.."))))
            .should()
            .dependOnClassesThat(not(resideInAnyPackage(
                    "java..",
                    "ca.notreville.*.api..",
                    "ca.notreville.*.event..",
                    "ca.notreville.*.spi..",
                    "org.osgi.annotation..",
                    "org.jspecify.annotations..")))
            .allowEmptyShould(true);

    /** Domain code can move to another web stack. */
    @ArchTest
    public static final ArchRule SERVLETS_ARE_THE_PORTALS = noClasses()
            .that(not(resideInAPackage("ca.notreville.web.internal..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.servlet..", "org.apache.cxf..")
            .allowEmptyShould(true);

    /** Constructors say what a component needs; only lists and parts that come and go are fields. */
    @ArchTest
    public static final ArchRule INJECTION_IS_BY_CONSTRUCTOR = fields().that()
            .areAnnotatedWith(Reference.class)
            .should(new ArchCondition<JavaField>("be a dynamic list or a volatile part that comes and goes") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                    boolean dynamic = field.getRawType().isAssignableTo(List.class)
                            || field.getModifiers().contains(JavaModifier.VOLATILE);
                    events.add(new SimpleConditionEvent(field, dynamic, field.getFullName()));
                }
            })
            .allowEmptyShould(true);

    /** OpenAPI knows a schema by this name alone: of two, the later would be described as the earlier. */
    @ArchTest
    public static final ArchRule REST_TYPES_HAVE_NAMES_OF_THEIR_OWN = classes()
            .that()
            .resideInAPackage("..internal.rest..")
            .and()
            .areNotAnonymousClasses()
            .should(new ArchCondition<JavaClass>("have a simple name that no other has") {
                private final Map<String, JavaClass> seen = new HashMap<>();

                @Override
                public void init(Collection<JavaClass> all) {
                    seen.clear();
                }

                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    JavaClass earlier = seen.putIfAbsent(type.getSimpleName(), type);
                    events.add(new SimpleConditionEvent(
                            type, earlier == null, type.getName() + " is called as another: " + earlier));
                }
            })
            .allowEmptyShould(true);

    /** Entities stay inside. */
    @ArchTest
    public static final ArchRule ENTITIES_ARE_IN_THE_JPA_PACKAGE = classes()
            .that()
            .areAnnotatedWith("javax.persistence.Entity")
            .should()
            .resideInAPackage("..internal.jpa..")
            .allowEmptyShould(true);
}
