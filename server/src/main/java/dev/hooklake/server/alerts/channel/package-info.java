/// How people are told of an alert: log, webhook, Slack, email.
@NullMarked
package dev.hooklake.server.alerts.channel;

import org.jspecify.annotations.NullMarked;
