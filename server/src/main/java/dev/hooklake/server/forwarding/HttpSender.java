package dev.hooklake.server.forwarding;

import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.signature.StandardWebhooksSigner;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Posts events to one destination, signed.
///
/// Goes nowhere but to addresses that the [AddressGuard] lets through: redirects are failures, no
/// proxy and no credentials of this machine are used. Of an answer only the status counts; of its
/// body a little is read, so that the connection can serve again.
final class HttpSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpSender.class);
  private static final int MOST_ANSWER_BYTES = 64 << 10;
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);

  private final Destination destination;
  private final StandardWebhooksSigner signer;
  private final Duration timeout;
  private final CloseableHttpClient client;
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("forwarding-deadlines").factory());

  HttpSender(Destination destination, Duration timeout, int parallel, AddressGuard.Lookup lookup) {
    this.destination = destination;
    this.signer = StandardWebhooksSigner.standard(destination.secrets());
    this.timeout = timeout;
    Timeout each = Timeout.of(timeout);
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new AddressGuard(lookup, destination.privateAddresses()))
            .setMaxConnPerRoute(parallel)
            .setMaxConnTotal(parallel)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(each).setSocketTimeout(each).build())
            .build();
    this.client =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(each)
                    .setResponseTimeout(each)
                    .build())
            .setUserAgent("Hooklake")
            .evictIdleConnections(TimeValue.of(LONGEST_IDLE))
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
  }

  /// Sends it once; takes no longer than the time-out, however slowly the destination drips.
  Attempt send(Forward forward, Instant now) {
    var post = new HttpPost(destination.url());
    Payload body = Payload.of(forward.body());
    Headers headers = signer.sign(forward.webhookId(), body, now);
    headers.values().forEach((name, values) -> post.setHeader(name, values.getFirst()));
    post.setEntity(new ByteArrayEntity(body.unsafeBytes(), ContentType.APPLICATION_JSON));
    ScheduledFuture<?> deadline =
        deadlines.schedule(post::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return attempt(post);
    } finally {
      deadline.cancel(false);
    }
  }

  private Attempt attempt(HttpPost post) {
    try {
      // Opened by hand: the handler's form would read an answer to its end, however long it is.
      ClassicHttpResponse answer = client.executeOpen(null, post, null);
      finish(post, answer);
      return judged(answer);
    } catch (AddressGuard.Refused e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return failed(post.isCancelled() ? "no answer within " + timeout.toMillis() + " ms" : why(e));
    }
  }

  private static String why(IOException e) {
    String kind = e.getClass().getSimpleName();
    return e instanceof SSLException
        ? "no secure connection: "
            + kind
            + "; its certificate must be for the host of the URL and of an authority that this Java"
            + " trusts"
        : "no answer: " + kind;
  }

  /// What cannot be read or closed changes nothing: the status has been given.
  private static void finish(HttpPost post, ClassicHttpResponse answer) {
    try (answer) {
      if (!endsSoon(answer)) {
        // Else closing would read the rest.
        post.cancel();
      }
    } catch (IOException e) {
      LOG.debug("The rest of an answer of {} was cut off", answer.getCode());
    }
  }

  private static boolean endsSoon(ClassicHttpResponse answer) {
    if (answer.getEntity() == null) {
      return true;
    }
    try {
      byte[] body = answer.getEntity().getContent().readNBytes(MOST_ANSWER_BYTES);
      return body.length < MOST_ANSWER_BYTES;
    } catch (IOException e) {
      return false;
    }
  }

  private static Attempt judged(ClassicHttpResponse answer) {
    int status = answer.getCode();
    String reason = "answered " + status;
    if (status / 100 == 2) {
      return new Attempt.Delivered();
    }
    if (status / 100 == 3) {
      return failed(reason + "; redirects are not followed, give the URL it leads to");
    }
    if (status == 410) {
      return new Attempt.Gone(reason + ", gone for good");
    }
    boolean alive = status / 100 == 4 && status != 408 && status != 429;
    return new Attempt.Failed(reason, retryAfter(answer), alive);
  }

  private static Duration retryAfter(ClassicHttpResponse answer) {
    Header header = answer.getFirstHeader("Retry-After");
    if (header == null || !header.getValue().strip().matches("[0-9]{1,9}")) {
      return Duration.ZERO;
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(header.getValue().strip()));
    return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
  }

  private static Attempt failed(String reason) {
    return new Attempt.Failed(reason, Duration.ZERO, false);
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
