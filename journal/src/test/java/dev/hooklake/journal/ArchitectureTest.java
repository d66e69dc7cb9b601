package dev.hooklake.journal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.time.Instant;

@AnalyzeClasses(
    packages = "dev.hooklake.journal",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule NOTHING_BUT_THE_JDK =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.hooklake.journal..", "java..", "org.jspecify.annotations");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("dev.hooklake.(journal.*)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule TIME_COMES_FROM_A_CLOCK =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule THE_DISK_IS_TOUCHED_ONLY_THROUGH_ITS_SEAM =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.hooklake.journal.disk")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(FileChannel.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Files.class);
}
