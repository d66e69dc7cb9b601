package dev.hooklake.server.alerts.channel;

import java.net.URI;
import java.util.Map;

/// Posts a text as Slack's incoming webhooks take it; Mattermost, Rocket.Chat and others do too.
public final class SlackChannel implements Channel {
  private final Post post;

  public SlackChannel(URI url) {
    this.post = new Post(url);
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public void send(Notice notice) throws ChannelFailure, InterruptedException {
    String sign =
        switch (notice.state()) {
          case FIRING -> notice.severity().equals("critical") ? ":red_circle:" : ":warning:";
          case RESOLVED -> ":white_check_mark:";
          case TEST -> ":wave:";
        };
    String remedy = notice.state() == Notice.State.FIRING ? "\n" + notice.remedy() : "";
    String text = sign + " *" + notice.rule() + "* " + notice.summary() + remedy;
    post.send(Post.json(Map.of("text", escaped(text))), Map.of("content-type", "application/json"));
  }

  /// The three characters that Slack's format gives a meaning: a subject must not mention
  /// everybody.
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
