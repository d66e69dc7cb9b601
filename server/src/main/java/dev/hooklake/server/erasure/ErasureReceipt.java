package dev.hooklake.server.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an erasure did, in counts and times (ISO 8601, UTC); holds no value of the person.
///
/// @param id of the erasure
/// @param identifiers how many were given
/// @param tables rows removed, by table
/// @param stores things removed from other stores, by their name
/// @param journalRecords whose content was overwritten
/// @param damagedCopies files in the journal's `damaged/` that named the person, deleted
/// @param deletedFiles of older versions, deleted at once
/// @param youngFiles that were never committed and may still be; erase again after an hour
/// @param goneFromDiskBy when maintenance has deleted the last older version, on a running server;
///   null when that is done, or never will be
/// @param olderVersionsStay older versions hold the person until somebody deletes them: maintenance
///   is switched off
/// @param behind consumers of the journal that had read, and not yet stored, what was accepted
///   before; erase again when they have
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErasureReceipt(
    String id,
    String startedAt,
    String endedAt,
    int identifiers,
    Map<String, Long> tables,
    Map<String, Long> stores,
    int journalRecords,
    int damagedCopies,
    int deletedFiles,
    int youngFiles,
    @Nullable String goneFromDiskBy,
    boolean olderVersionsStay,
    List<String> behind) {
  public ErasureReceipt {
    tables = Map.copyOf(tables);
    stores = Map.copyOf(stores);
    behind = List.copyOf(behind);
  }

  /// Whether nothing is left to be done by another erasure.
  public boolean complete() {
    return behind.isEmpty() && youngFiles == 0 && !olderVersionsStay;
  }

  public long rows() {
    return tables.values().stream().mapToLong(Long::longValue).sum();
  }
}
