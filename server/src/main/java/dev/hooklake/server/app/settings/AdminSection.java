package dev.hooklake.server.app.settings;

import dev.hooklake.server.admin.AdminSettings;
import java.util.List;

/// Where operators reach the server.
public final class AdminSection implements Section<AdminSettings> {
  public static final Key<String> HOST =
      new Key<>(
          "admin.host",
          "HOOKLAKE_ADMIN_HOST",
          "127.0.0.1",
          ValueType.TEXT,
          "Address of the admin port; beyond loopback /metrics asks for the token too.");
  public static final Key<Integer> PORT =
      new Key<>(
          "admin.port",
          "HOOKLAKE_ADMIN_PORT",
          "8081",
          ValueType.number(0, 65_535),
          "Admin port, for operators; 0 takes a free one.");

  @Override
  public String title() {
    return "The admin port";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(HOST, PORT);
  }

  @Override
  public AdminSettings read(GivenSettings given) {
    return new AdminSettings(given.value(HOST), given.value(PORT));
  }
}
