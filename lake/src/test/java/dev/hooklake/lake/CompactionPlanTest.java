package dev.hooklake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.CompactionPlan.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompactionPlanTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(5));
  private static final int TARGET = 1000;
  private static final CompactionPlan PLAN = new CompactionPlan(TARGET, 10);

  @Test
  void aClosedDayBecomesAsFewFilesAsTheSizeLets() {
    List<Candidate> files = files(LONG_AGO, 300, 10, 300, 300, 300, 40, 300);

    List<List<Candidate>> groups = PLAN.groups(files, true, NOW);

    assertThat(groups).extracting(CompactionPlanTest::bytes).containsExactly(950L, 600L);
    assertThat(groups.stream().mapToInt(List::size).sum()).isEqualTo(7);
  }

  @Test
  void aFileOfHalfTheTargetSizeIsLeftAlone() {
    assertThat(PLAN.groups(files(LONG_AGO, 500, 900, 10), true, NOW)).isEmpty();
  }

  @Test
  void aClosedDayInWhichSomethingArrivedLatelyIsTreatedAsOpen() {
    List<Candidate> files = new ArrayList<>(files(LONG_AGO, 10, 10));
    files.addAll(files(NOW.minus(Duration.ofMinutes(59)), 10));

    assertThat(PLAN.groups(files, true, NOW)).isEmpty();
    assertThat(PLAN.groups(files, true, NOW.plus(Duration.ofMinutes(2)))).hasSize(1);
  }

  @Test
  void anOpenDayWithFewFilesIsLeftAlone() {
    assertThat(PLAN.groups(same(9), false, NOW)).isEmpty();
    assertThat(PLAN.groups(same(10), false, NOW)).hasSize(1);
  }

  @Test
  void whileADayFillsAMuchLargerFileWaits() {
    List<Candidate> files = new ArrayList<>(same(10));
    files.add(new Candidate("large", 300, LONG_AGO));

    List<List<Candidate>> groups = PLAN.groups(files, false, NOW);

    assertThat(groups).hasSize(1);
    assertThat(groups.getFirst()).hasSize(10).extracting(Candidate::path).doesNotContain("large");
  }

  @Test
  void aGroupHoldsABoundedNumberOfFiles() {
    List<Candidate> files =
        IntStream.range(0, 1200).mapToObj(i -> new Candidate("f" + i, 0, LONG_AGO)).toList();

    assertThat(PLAN.groups(files, true, NOW)).extracting(List::size).containsExactly(500, 500, 200);
  }

  /// A day of commits, maintained after each: how often each byte is written is what it costs.
  @Test
  void aRowIsWrittenAFewTimesUntilItsFileHasTheTargetSize() {
    var random = new Random(7);
    var plan = new CompactionPlan(1 << 20, 50);
    List<Candidate> files = new ArrayList<>();
    long arrived = 0;
    long rewritten = 0;
    for (int commit = 0; commit < 20_000; commit++) {
      long bytes = 500L + random.nextInt(1000);
      arrived += bytes;
      files.add(new Candidate("c" + commit, bytes, NOW));
      List<List<Candidate>> groups = plan.groups(files, false, NOW);
      for (List<Candidate> group : groups) {
        rewritten += bytes(group);
        files.removeAll(group);
        files.add(new Candidate("m" + commit + "-" + files.size(), bytes(group), NOW));
      }
      assertThat(files.stream().filter(file -> file.bytes() < 1 << 19)).hasSizeLessThan(50);
    }
    assertThat(rewritten).isLessThan(5 * arrived);
    assertThat(files.stream().mapToLong(Candidate::bytes).sum()).isEqualTo(arrived);
  }

  private static List<Candidate> same(int count) {
    return files(LONG_AGO, IntStream.generate(() -> 10).limit(count).toArray());
  }

  private static List<Candidate> files(Instant addedAt, int... bytes) {
    return IntStream.range(0, bytes.length)
        .mapToObj(i -> new Candidate("f" + i + "-" + addedAt, bytes[i], addedAt))
        .toList();
  }

  private static long bytes(List<Candidate> group) {
    return group.stream().mapToLong(Candidate::bytes).sum();
  }
}
