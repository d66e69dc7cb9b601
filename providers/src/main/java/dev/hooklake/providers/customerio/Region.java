package dev.hooklake.providers.customerio;

import java.net.URI;

/// Where an account lives. A key of the other region is refused like a wrong one.
public enum Region {
  US("https://api.customer.io"),
  EU("https://api-eu.customer.io");

  private final URI api;

  Region(String api) {
    this.api = URI.create(api);
  }

  public URI api() {
    return api;
  }
}
