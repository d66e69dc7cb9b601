package dev.hooklake.server.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Starts a server within this process, for a demonstration.
@FunctionalInterface
public interface ServerStarter {

  /// Ready to accept when it returns. Commits often, so that there is something to see.
  Started start(Request request) throws IOException;

  /// What is asked for.
  ///
  /// @param data the data directory, null for the default one
  /// @param port the public port, null for the default ones, 0 for free ones
  /// @param secret what all its sources accept
  /// @param api where Customer.io's own API is
  /// @param apiKey what opens it
  /// @param leads by which leads are enriched
  record Request(
      @Nullable Path data,
      @Nullable Integer port,
      String secret,
      URI api,
      String apiKey,
      LeadServices leads) {
    /// Not the secrets.
    @Override
    public String toString() {
      return "Request[" + data + ", " + port + "]";
    }
  }

  /// The CRM, the register that knows whose a contact is, and the one that tells more of a person.
  ///
  /// @param user of the finder
  /// @param secret what opens all three
  record LeadServices(URI crm, URI finder, URI register, String user, String secret) {
    /// Not the secret.
    @Override
    public String toString() {
      return "LeadServices[" + crm + ", " + finder + ", " + register + "]";
    }
  }

  /// A server that accepts; closing it commits what is there.
  interface Started extends AutoCloseable {
    Installation installation();

    /// How many events were ever accepted here; final once the server is closed.
    long accepted();

    @Override
    void close();
  }
}
