package io.flexir.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

class ArchitectureTest {
    private static final String ROOT = "io.flexir.worker";
    private static final Set<String> STEPS =
            Set.of("intake", "storage", "image", "restore", "report");

    private static final JavaClasses WORKER =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    @Test
    void worker_sees_neither_scheduler_nor_ops() {
        holds(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.flexir.scheduler..", "io.flexir.ops.."));
    }

    /** The root package puts the process together; the pipeline knows the order. */
    @Test
    void only_the_pipeline_knows_more_than_one_step() {
        holds(
                classes()
                        .that()
                        .resideOutsideOfPackages(ROOT, ROOT + ".pipeline..")
                        .should(knowAtMostOneStep()));
    }

    @Test
    void no_step_knows_the_pipeline() {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(ROOT, ROOT + ".pipeline..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ROOT + ".pipeline.."));
    }

    @Test
    void packages_do_not_depend_on_each_other_in_circles() {
        holds(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void everything_is_logged_by_slf4j() {
        holds(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
        holds(NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
    }

    private static ArchCondition<JavaClass> knowAtMostOneStep() {
        return new ArchCondition<>("know at most one step") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Set<String> known = stepsKnownTo(type);
                if (known.size() > 1) {
                    String finding = type.getFullName() + " knows the steps " + known;
                    events.add(SimpleConditionEvent.violated(type, finding));
                }
            }
        };
    }

    private static Set<String> stepsKnownTo(JavaClass type) {
        Set<String> known = new TreeSet<>();
        Stream.concat(
                        Stream.of(type),
                        type.getDirectDependenciesFromSelf().stream()
                                .map(dependency -> dependency.getTargetClass()))
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT + "."))
                .map(name -> name.substring(ROOT.length() + 1).split("\\.", 2)[0])
                .filter(STEPS::contains)
                .forEach(known::add);
        return known;
    }

    private static void holds(ArchRule rule) {
        rule.check(WORKER);
    }
}
