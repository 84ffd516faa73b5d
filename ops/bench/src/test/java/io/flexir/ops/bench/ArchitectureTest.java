package io.flexir.ops.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;

import org.junit.jupiter.api.Test;

/** Who may know whom among the measurements. */
class ArchitectureTest {

    private static final String ROOT = "io.flexir.ops.bench";
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

    @Test
    void measures_and_degradations_know_pictures_only() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".image..", ROOT + ".quality.measure..", ROOT + ".quality.degrade..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".engine..",
                        ROOT + ".quality",
                        ROOT + ".quality.report..",
                        "io.flexir.worker.restore..")
                .check(CLASSES);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
