package dev.hooklake.providers.customerio;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// Metrics of one campaign, newsletter, broadcast or transactional message.
///
/// @param from first day, in `zone`
/// @param to last day, included
/// @param zone of a region, for campaigns only; the others come in US Eastern days whatever is
///   asked
public record MetricsQuery(
    MetricsOf of, long id, LocalDate from, LocalDate to, Resolution resolution, ZoneId zone) {
  /// The days of everything but campaigns.
  public static final ZoneId EASTERN = ZoneId.of("America/New_York");

  private static final ZoneId UTC = ZoneId.of("UTC");

  public MetricsQuery {
    if (from.isAfter(to)) {
      throw new IllegalArgumentException("from " + from + " is after to " + to);
    }
    zone = zone.equals(ZoneOffset.UTC) ? UTC : zone;
    if (zone instanceof ZoneOffset) {
      throw new IllegalArgumentException(
          "the zone " + zone + " is an offset; give a region, such as America/New_York or UTC");
    }
  }
}
