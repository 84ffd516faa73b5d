package io.flexir.ops.local;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;

import org.junit.jupiter.api.Test;

/** Who may know whom in the local stack. */
class ArchitectureTest {

    private static final String ROOT = "io.flexir.ops.local";
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

    @Test
    void the_command_line_stands_on_the_parts_and_the_parts_on_nothing_of_it() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("cli")
                .definedBy(ROOT + ".cli..")
                .layer("demo")
                .definedBy(ROOT + ".demo..")
                .layer("stack")
                .definedBy(ROOT + ".stack..")
                .layer("client")
                .definedBy(ROOT + ".client..")
                .layer("infrastructure")
                .definedBy(ROOT + ".broker..", ROOT + ".store..")
                .layer("quality")
                .definedBy(ROOT + ".quality..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("demo")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("stack")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers("cli", "demo")
                .whereLayer("infrastructure")
                .mayOnlyBeAccessedByLayers("stack", "cli")
                .whereLayer("quality")
                .mayOnlyBeAccessedByLayers("cli", "demo")
                .check(CLASSES);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
