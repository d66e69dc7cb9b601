package dev.hooklake.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.disk.DefectiveDisk;
import dev.hooklake.journal.disk.DefectiveDisk.Defect;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The simulation is worth what it finds.
class PlantedDefectTest {

  private static final int SEEDS = 200;

  @ParameterizedTest
  @EnumSource(Defect.class)
  void theSimulationFindsTheDefect(Defect defect) {
    assertThat(LongStream.rangeClosed(1, SEEDS).filter(seed -> fails(seed, defect)).findFirst())
        .as("a seed that finds " + defect)
        .isPresent();
  }

  private static boolean fails(long seed, Defect defect) {
    try {
      new Simulation(seed, disk -> new DefectiveDisk(disk, defect)).run();
      return false;
    } catch (AssertionError | Exception e) {
      System.out.println(defect + " is found by seed " + seed);
      return true;
    }
  }
}
