package io.flexir.scheduler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import org.junit.jupiter.api.Test;

import java.util.Set;

class ArchitectureTest {
    private static final JavaClasses SCHEDULER =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.flexir.scheduler");

    /** What reads a clock or rolls dice instead of being told. */
    private static final Set<String> IMPURE_CALLS =
            Set.of("now", "currentTimeMillis", "nanoTime", "random", "randomUUID", "systemUTC");

    @Test
    void scheduler_sees_neither_worker_nor_ops() {
        holds(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.flexir.worker..", "io.flexir.ops.."));
    }

    @Test
    void budget_knows_values_only() {
        holds(
                classes()
                        .that()
                        .resideInAPackage("io.flexir.scheduler.budget..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "io.flexir.scheduler.budget..",
                                "io.flexir.contracts..",
                                "org.jspecify.annotations",
                                "java.lang..",
                                "java.math",
                                "java.time..",
                                "java.util",
                                "java.util.function",
                                "java.util.stream"));
    }

    @Test
    void budget_is_told_the_time_and_never_asks() {
        holds(
                noClasses()
                        .that()
                        .resideInAPackage("io.flexir.scheduler.budget..")
                        .should()
                        .callCodeUnitWhere(impure()));
    }

    @Test
    void packages_do_not_depend_on_each_other_in_circles() {
        holds(slices().matching("io.flexir.scheduler.(*)..").should().beFreeOfCycles());
    }

    @Test
    void everything_is_logged_by_slf4j() {
        holds(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
        holds(NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
    }

    private static DescribedPredicate<JavaCall<?>> impure() {
        return DescribedPredicate.describe(
                "reads a clock or chance", call -> IMPURE_CALLS.contains(call.getName()));
    }

    private static void holds(ArchRule rule) {
        rule.check(SCHEDULER);
    }
}
