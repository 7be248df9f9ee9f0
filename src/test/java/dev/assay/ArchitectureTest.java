package dev.assay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The boundaries of design section 3: who may see whom. */
@AnalyzeClasses(packages = "dev.assay", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule contractSeesOnlyTheJdk = classes()
            .that()
            .resideInAPackage("dev.assay.analysis..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.assay.analysis..", "java..");

    @ArchTest
    static final ArchRule analysesSeeNoFrontEnd = noClasses()
            .that()
            .resideInAPackage("dev.assay.analyses..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.assay.ui..",
                    "dev.assay.cli..",
                    "dev.assay.chart..",
                    "dev.assay.report..",
                    "dev.assay.workspace..",
                    "dev.assay.run..");

    @ArchTest
    static final ArchRule familiesOfAnalysesDoNotSeeEachOther = slices().matching("dev.assay.analyses.(*)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheWindowSeesJavaFx = noClasses()
            .that()
            .resideOutsideOfPackages("dev.assay.ui..", "dev.assay.report..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javafx..");

    @ArchTest
    static final ArchRule kernelsKnowNoModelAndNoDataset = noClasses()
            .that()
            .resideInAPackage("dev.assay.compute..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.assay.model..", "dev.assay.data..", "dev.assay.run..", "dev.assay.ui..");

    @ArchTest
    static final ArchRule onlyModelsAndDataSeeEngines = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.assay.model..", "dev.assay.data..", "dev.assay.compute..", "dev.assay.analyses..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.onnxruntime..", "ai.djl..", "org.nd4j..", "onnx..");

    @ArchTest
    static final ArchRule onlyTheCommandLineAndTheLauncherPrint = noClasses()
            .that()
            .resideOutsideOfPackages("dev.assay", "dev.assay.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule onlySlf4jLogs = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.apache.log4j..");

    @ArchTest
    static final ArchRule noStaticState = fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.assay.(**)").should().beFreeOfCycles();
}
