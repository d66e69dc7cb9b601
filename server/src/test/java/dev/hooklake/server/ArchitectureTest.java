package dev.hooklake.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.hooklake.server.pipeline.EventCodec;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

@AnalyzeClasses(
    packages = "dev.hooklake.server",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String HTTP_SERVER = "io.helidon..";

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("dev.hooklake.server.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_THE_PORTS_KNOW_THE_HTTP_SERVER =
      noClasses()
          .that()
          .resideOutsideOfPackages("..server.intake..", "..server.admin..", "..server.console..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(HTTP_SERVER);

  @ArchTest
  static final ArchRule NOTHING_DEPENDS_ON_THE_WIRING =
      noClasses()
          .that()
          .resideOutsideOfPackage("..server.app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..server.app..");

  @ArchTest
  static final ArchRule TIME_COMES_FROM_A_CLOCK =
      noClasses()
          .that()
          .resideOutsideOfPackage("..server.app..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .orShould()
          .callMethod(InstantSource.class, "system")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule ONLY_THE_WIRING_READS_THE_ENVIRONMENT =
      noClasses()
          .that()
          .resideOutsideOfPackage("..server.app..")
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getProperty", String.class);

  /// A consumer that decodes a payload itself stops for good at the first erased record.
  @ArchTest
  static final ArchRule CONSUMERS_EXPECT_ERASED_RECORDS =
      noClasses()
          .that()
          .resideOutsideOfPackages("..server.pipeline..", "..server.erasure..")
          .should()
          .callMethod(EventCodec.class, "decode", ByteBuffer.class);

  @ArchTest
  static final ArchRule PACKAGES_ARE_NAMED_AFTER_THE_FIELD =
      classes()
          .should()
          .resideOutsideOfPackages(
              "..util..", "..common..", "..model..", "..service..", "..impl..", "..helper..");
}
