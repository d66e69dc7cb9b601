package dev.hooklake.server.alerts.channel;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Sends alerts by SMTP, as plain text, a mail for each.
public final class MailChannel implements Channel {
  private static final String PATIENCE_MILLIS = "10000";

  private final MailSettings settings;
  private final Session session;

  public MailChannel(MailSettings settings) {
    this.settings = settings;
    this.session = Session.getInstance(properties(settings), login(settings));
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public void send(Notice notice) throws ChannelFailure {
    try {
      Transport.send(mail(notice));
    } catch (AuthenticationFailedException e) {
      throw new ChannelFailure(settings + " refuses the user or the password");
    } catch (MessagingException e) {
      // Its text may quote addresses.
      throw new ChannelFailure(
          "mail could not be handed to " + settings + ": " + e.getClass().getSimpleName());
    }
  }

  private MimeMessage mail(Notice notice) throws MessagingException {
    var mail = new MimeMessage(session);
    mail.setFrom(new InternetAddress(settings.from()));
    for (String address : settings.to()) {
      mail.addRecipient(RecipientType.TO, new InternetAddress(address));
    }
    mail.setSubject("Hooklake " + oneLine(notice.title()), StandardCharsets.UTF_8.name());
    mail.setSentDate(Date.from(notice.at()));
    mail.setHeader("X-Hooklake-Notice", notice.id());
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setText(text(notice), StandardCharsets.UTF_8.name());
    return mail;
  }

  private static String text(Notice notice) {
    return """
    %s

    %s

    rule      %s
    subject   %s
    severity  %s
    since     %s
    """
        .formatted(
            notice.summary(),
            notice.remedy(),
            notice.rule(),
            notice.subject(),
            notice.severity(),
            notice.startedAt());
  }

  /// A name that a provider invented must not become a header.
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private static Properties properties(MailSettings settings) {
    var properties = new Properties();
    properties.setProperty("mail.transport.protocol", "smtp");
    properties.setProperty("mail.smtp.host", settings.host());
    properties.setProperty("mail.smtp.port", String.valueOf(settings.port()));
    properties.setProperty("mail.smtp.auth", String.valueOf(settings.user() != null));
    for (String wait : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
      properties.setProperty("mail.smtp." + wait, PATIENCE_MILLIS);
    }
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    switch (settings.encryption()) {
      case STARTTLS -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
      case NONE -> {}
    }
    return properties;
  }

  private static @Nullable Authenticator login(MailSettings settings) {
    if (settings.user() == null) {
      return null;
    }
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(settings.user(), settings.password());
      }
    };
  }
}
