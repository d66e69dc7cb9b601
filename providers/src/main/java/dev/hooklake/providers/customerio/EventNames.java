package dev.hooklake.providers.customerio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The names that a webhook is subscribed to, as of September 2026: `<object type>_<metric>`. The
/// list grows; a name that is not here may well be valid.
public final class EventNames {
  private static final Map<String, String> METRICS = new LinkedHashMap<>();

  static {
    METRICS.put("customer", "subscribed unsubscribed subscription_preferences_changed");
    METRICS.put(
        "email",
        "drafted attempted sent delivered opened clicked converted bounced dropped deferred"
            + " spammed failed unsubscribed undeliverable");
    METRICS.put("in_app", "drafted attempted sent opened clicked converted failed undeliverable");
    METRICS.put(
        "push",
        "drafted attempted sent delivered opened clicked converted bounced dropped failed"
            + " undeliverable");
    METRICS.put("slack", "drafted attempted sent clicked converted failed");
    METRICS.put(
        "sms",
        "drafted attempted sent delivered clicked converted bounced dropped failed undeliverable"
            + " replied");
    METRICS.put(
        "whatsapp",
        "drafted attempted sent delivered opened clicked converted bounced dropped failed"
            + " undeliverable replied");
    METRICS.put("webhook", "drafted attempted sent clicked converted failed undeliverable");
  }

  /// All 72 of them.
  public static final List<String> ALL = all();

  private EventNames() {}

  /// The name under which an event of this kind is subscribed to.
  public static String of(String objectType, String metric) {
    return metric.equals("cio_subscription_preferences_changed")
        ? "customer_subscription_preferences_changed"
        : objectType + "_" + metric;
  }

  private static List<String> all() {
    List<String> names = new ArrayList<>();
    METRICS.forEach((type, metrics) -> {
      for (String metric : List.of(metrics.split(" ", -1))) {
        names.add(type + "_" + metric);
      }
    });
    return List.copyOf(names);
  }
}
