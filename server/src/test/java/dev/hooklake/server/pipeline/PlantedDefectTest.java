package dev.hooklake.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The simulation is worth what it finds: each defect is compiled into the real code and must be
/// found by one of the first seeds. Whatever goes wrong counts as found, so the same seeds must
/// find nothing where no defect was planted.
class PlantedDefectTest {
  private static final long MOST_SEEDS = 400;

  static final List<PlantedDefect> DEFECTS = PlantedDefect.ALL;

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("DEFECTS")
  void theDefectStillFitsTheCode(PlantedDefect defect) throws IOException {
    assertThat(DefectiveCode.changed(defect)).isNotEmpty();
  }

  @Test
  void withoutADefectNothingIsFound() throws Exception {
    try (DefectiveCode code = DefectiveCode.with(PlantedDefect.NONE, folder)) {
      LongFunction<String> run = run(code);
      controlSeeds().forEach(seed -> assertThat(run.apply(seed)).as("seed %s", seed).isEmpty());
    }
  }

  /// Those that the defects are looked for with; in the short form the one that finds most of them.
  private static LongStream controlSeeds() {
    return Boolean.getBoolean("hooklake.long")
        ? LongStream.concat(
                DEFECTS.stream().mapToLong(PlantedDefect::seed),
                LongStream.rangeClosed(1, MOST_SEEDS))
            .distinct()
        : LongStream.of(1);
  }

  @ParameterizedTest
  @FieldSource("DEFECTS")
  @EnabledIfSystemProperty(named = "hooklake.long", matches = "true")
  void theSimulationFindsTheDefect(PlantedDefect defect) throws Exception {
    try (DefectiveCode code = DefectiveCode.with(defect, folder)) {
      LongFunction<String> run = run(code);
      LongStream seeds =
          LongStream.concat(LongStream.of(defect.seed()), LongStream.rangeClosed(1, MOST_SEEDS));
      assertThat(seeds.filter(seed -> finds(run, seed, defect)).findFirst())
          .as("a seed that finds \"%s\"", defect)
          .isPresent();
    }
  }

  @SuppressWarnings("unchecked") // It is of another class loader.
  private static LongFunction<String> run(DefectiveCode code) throws ReflectiveOperationException {
    return (LongFunction<String>)
        code.loadClass(SpineRun.class.getName()).getDeclaredConstructor().newInstance();
  }

  private static boolean finds(LongFunction<String> run, long seed, PlantedDefect defect) {
    String found = run.apply(seed);
    if (!found.isEmpty()) {
      System.out.printf(
          "Defect \"%s\" is found by seed %d: %s%n", defect, seed, found.lines().limit(3).toList());
    }
    return !found.isEmpty();
  }
}
