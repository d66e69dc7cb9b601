package dev.hooklake.server.alerts.channel;

import dev.hooklake.sources.Payload;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.signature.StandardWebhooksSigner;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Posts alerts as JSON, signed as Standard Webhooks has it, with the notice's id as `webhook-id`:
/// whoever receives one twice can tell.
public final class WebhookChannel implements Channel {
  private final Post post;
  private final @Nullable StandardWebhooksSigner signer;

  /// @param secret `whsec_...`; null sends without a signature
  public WebhookChannel(URI url, @Nullable Secret secret) {
    this.post = new Post(url);
    this.signer = secret == null ? null : StandardWebhooksSigner.standard(List.of(secret));
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public void send(Notice notice) throws ChannelFailure, InterruptedException {
    byte[] body = Post.json(body(notice));
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", "application/json");
    headers.put("webhook-id", notice.id());
    if (signer != null) {
      signer
          .sign(notice.id(), Payload.copyOf(body), notice.at())
          .values()
          .forEach((name, values) -> headers.put(name, values.getFirst()));
    }
    post.send(body, headers);
  }

  private static Map<String, Object> body(Notice notice) {
    var data = new LinkedHashMap<String, Object>();
    data.put("rule", notice.rule());
    data.put("subject", notice.subject());
    data.put("severity", notice.severity());
    data.put("summary", notice.summary());
    data.put("remedy", notice.remedy());
    data.put("startedAt", notice.startedAt().toString());
    var body = new LinkedHashMap<String, Object>();
    body.put("type", "alert." + notice.state().label());
    body.put("timestamp", notice.at().toString());
    body.put("data", data);
    return body;
  }
}
