package dev.hooklake.providers.customerio;

import java.time.LocalDate;
import java.time.ZoneId;

/// Metrics of one campaign, newsletter, broadcast or transactional message.
///
/// @param from first day, in `zone`
/// @param to last day, included
/// @param zone for campaigns only; the others come in US Eastern days whatever is asked
public record MetricsQuery(
    MetricsOf of, long id, LocalDate from, LocalDate to, Resolution resolution, ZoneId zone) {
  /// The days of everything but campaigns.
  public static final ZoneId EASTERN = ZoneId.of("America/New_York");

  public MetricsQuery {
    if (from.isAfter(to)) {
      throw new IllegalArgumentException("from " + from + " is after to " + to);
    }
  }
}
