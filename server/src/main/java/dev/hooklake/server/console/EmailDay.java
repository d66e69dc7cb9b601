package dev.hooklake.server.console;

import org.jspecify.annotations.Nullable;

/// E-mails sent on one day; rates are parts of one, null where there is nothing to divide by.
public record EmailDay(
    String day,
    long sent,
    @Nullable Double delivered,
    @Nullable Double openedByPeople,
    @Nullable Double opened,
    @Nullable Double clickedByPeople,
    @Nullable Double bounced) {}
