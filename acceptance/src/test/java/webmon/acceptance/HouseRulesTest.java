package webmon.acceptance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between modules and features, and where foreign things and clocks may be. */
final class HouseRulesTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/webmon/acceptance/"))
          .importPackages("webmon");

  private static final DescribedPredicate<JavaClass> OTHER_MODULES =
      resideInAnyPackage(
          "webmon.agent..",
          "webmon.server..",
          "webmon.cli..",
          "webmon.embedded..",
          "webmon.standalone..",
          "webmon.dist..");

  /** What all sides must agree on: every package that is no other module's. */
  private static final DescribedPredicate<JavaClass> COMMON =
      resideInAPackage("webmon..").and(not(OTHER_MODULES)).as("are in common");

  /** Where a process begins: the only place that knows the real time and the real clock. */
  private static final DescribedPredicate<JavaClass> WIRING =
      resideInAnyPackage("webmon..command..", "webmon.cli..", "webmon.standalone..")
          .or(
              DescribedPredicate.describe(
                  "have a main method, or are the embedded parts' machine",
                  type ->
                      type.getName().equals("webmon.embedded.postgres.Machine")
                          || type.tryGetMethod("main", String[].class).isPresent()
                          || type.tryGetMethod("main").isPresent()));

  @ParameterizedTest
  @CsvSource({
    "agent, server", "agent, cli", "agent, embedded", "agent, standalone",
    "server, agent", "server, cli", "server, embedded", "server, standalone",
    "cli, agent", "cli, server", "cli, embedded", "cli, standalone",
    "embedded, agent", "embedded, server", "embedded, cli", "embedded, standalone"
  })
  void modulesPointOneWay(String from, String to) {
    noClasses()
        .that()
        .resideInAPackage("webmon." + from + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("webmon." + to + "..")
        .check(HOUSE);
  }

  @Test
  void commonPointsAtNobody() {
    noClasses().that(COMMON).should().dependOnClassesThat(OTHER_MODULES).check(HOUSE);
  }

  /** How a folder is locked is the one thing that it shares with agents. */
  @Test
  void embeddedKnowsNothingOfWebpages() {
    noClasses()
        .that()
        .resideInAPackage("webmon.embedded..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("webmon..")
                .and(not(resideInAnyPackage("webmon.embedded..", "webmon.folder"))))
        .check(HOUSE);
  }

  @Test
  void featuresOfTheAgentHaveNoCycles() {
    slices().matching("webmon.agent.(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void featuresOfTheServerHaveNoCycles() {
    slices().matching("webmon.server.(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "okhttp3..         | webmon.agent.check, webmon.agent.transport",
        "software.amazon.. | webmon.agent.transport, webmon.server.ingest.queue",
        "org.tomlj..       | webmon.configuration",
        "org.jose4j..      | webmon.report",
        "org.jdbi..        | webmon.server..",
        "picocli..         | webmon..command.., webmon.cli, webmon.standalone, webmon.dist..",
        "com.google.re2j.. | webmon.agent.check, webmon.configuration",
        "org.elasticmq..   | webmon.embedded.queue",
        "jakarta.ws.rs..   | webmon.server.."
      })
  void foreignThingsAreInOnePlaceOnly(String foreign, String places) {
    noClasses()
        .that()
        .resideOutsideOfPackages(places.split(", *"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(foreign)
        .check(HOUSE);
  }

  @Test
  void timeIsAnArgument() {
    noClasses()
        .that(not(WIRING))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .callMethod(ZoneId.class, "systemDefault")
        .check(HOUSE);
  }

  @ParameterizedTest
  @CsvSource({"Util", "Utils", "Helper", "Manager", "Impl", "Dto", "DTO", "Service"})
  void namesSayWhatAClassDoes(String ending) {
    noClasses().should().haveSimpleNameEndingWith(ending).check(HOUSE);
  }
}
