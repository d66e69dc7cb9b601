package dev.hooklake.server.console;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.AuditEntry;
import java.util.List;
import java.util.Optional;

/// Who changed what, and who looked at whose data.
public final class AuditPages implements ConsolePages {
  private static final int LINES = 100;

  private final Audit audit;

  public AuditPages(Audit audit) {
    this.audit = audit;
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(new NavItem(NavGroup.SERVER, "Audit", "/audit", 'a'));
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(PageRoute.operatorGet("/audit", this::page));
  }

  private PageReply page(PageRequest request) {
    String before = request.query("before");
    List<AuditEntry> entries =
        audit.list(before.isEmpty() ? Audit.NEWEST : before, request.query("action"), LINES);
    return PageReply.page(
        "Audit", "audit.jte", new Model(entries, request.query("action"), entries.size() == LINES));
  }

  /// The page.
  public record Model(List<AuditEntry> entries, String action, boolean more) {}
}
