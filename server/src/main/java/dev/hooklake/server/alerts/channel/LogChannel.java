package dev.hooklake.server.alerts.channel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes alerts to the server's log.
public final class LogChannel implements Channel {
  private static final Logger LOG = LoggerFactory.getLogger("dev.hooklake.alerts");

  @Override
  public String name() {
    return "log";
  }

  @Override
  public void send(Notice notice) {
    if (notice.state() == Notice.State.FIRING) {
      LOG.warn(
          "Alert {} of {}: {}. {}",
          notice.rule(),
          notice.subject(),
          notice.title(),
          notice.remedy());
    } else {
      LOG.info("Alert {} of {}: {}", notice.rule(), notice.subject(), notice.title());
    }
  }
}
