package dev.hooklake.providers.customerio;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts by metric, one a step, oldest first.
///
/// @param zone whose midnights part the days
/// @param starts when each step begins
/// @param counts by metric; a metric that is absent was not reported, which is not 0
/// @param whole false when the API does not reach back as far as was asked
public record MetricSeries(
    ZoneId zone, List<ZonedDateTime> starts, Map<String, List<Long>> counts, boolean whole) {
  public MetricSeries {
    starts = List.copyOf(starts);
    var copied = new LinkedHashMap<String, List<Long>>();
    counts.forEach((metric, values) -> copied.put(metric, List.copyOf(values)));
    counts = Collections.unmodifiableMap(copied);
  }
}
