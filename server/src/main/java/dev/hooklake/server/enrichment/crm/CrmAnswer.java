package dev.hooklake.server.enrichment.crm;

import dev.hooklake.server.enrichment.call.Failure;

/// What the CRM made of a request.
public sealed interface CrmAnswer<T> {

  record Done<T>(T value) implements CrmAnswer<T> {}

  /// The CRM knows no such lead.
  record Unknown<T>() implements CrmAnswer<T> {}

  record Failed<T>(Failure failure) implements CrmAnswer<T> {}
}
