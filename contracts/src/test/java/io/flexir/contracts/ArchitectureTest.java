package io.flexir.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CONTRACTS =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.flexir.contracts");

    @Test
    void contracts_know_the_jdk_and_jackson_only() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.flexir.contracts..",
                        "java..",
                        "com.fasterxml.jackson..",
                        "org.jspecify.annotations")
                .check(CONTRACTS);
    }

    @Test
    void packages_do_not_depend_on_each_other_in_circles() {
        slices().matching("io.flexir.contracts.(*)..").should().beFreeOfCycles().check(CONTRACTS);
    }
}
