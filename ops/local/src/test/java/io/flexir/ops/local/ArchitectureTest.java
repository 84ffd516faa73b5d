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
    void the_demo_stands_on_client_and_quality_and_the_stack_on_its_infrastructure() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("demo")
                .definedBy(ROOT + ".demo..")
                .layer("stack")
                .definedBy(ROOT + ".stack..")
                .layer("scale")
                .definedBy(ROOT + ".scale..")
                .layer("process")
                .definedBy(ROOT + ".process..")
                .layer("audit")
                .definedBy(ROOT + ".audit..")
                .layer("client")
                .definedBy(ROOT + ".client..")
                .layer("topics")
                .definedBy(ROOT + ".topics..")
                .layer("bundles")
                .definedBy(ROOT + ".bundles..")
                .layer("infrastructure")
                .definedBy(ROOT + ".broker..", ROOT + ".store..")
                .layer("quality")
                .definedBy(ROOT + ".quality..")
                .layer("terminal")
                .definedBy(ROOT + ".terminal..")
                .whereLayer("demo")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("stack")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("scale")
                .mayOnlyBeAccessedByLayers("stack")
                .whereLayer("process")
                .mayOnlyBeAccessedByLayers("stack", "scale")
                .whereLayer("audit")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers("demo", "stack", "scale")
                .whereLayer("infrastructure")
                .mayOnlyBeAccessedByLayers("stack", "process", "topics")
                .whereLayer("topics")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("bundles")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("quality")
                .mayOnlyBeAccessedByLayers("demo")
                .whereLayer("terminal")
                .mayOnlyBeAccessedByLayers("demo")
                .check(CLASSES);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
