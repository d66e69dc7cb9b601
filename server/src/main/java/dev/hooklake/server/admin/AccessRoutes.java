package dev.hooklake.server.admin;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.AuditEntry;
import dev.hooklake.server.access.Caller;
import dev.hooklake.server.access.LoginLinks;
import dev.hooklake.server.access.Role;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;

/// The API's own paths about access: links that log a browser in, and the audit.
public final class AccessRoutes {
  private static final int USUAL_ENTRIES = 100;

  private final LoginLinks links;
  private final Audit audit;

  public AccessRoutes(LoginLinks links, Audit audit) {
    this.links = links;
    this.audit = audit;
  }

  public List<AdminRoute> all() {
    return List.of(
        new AdminRoute(Method.POST, "/api/v1/login-links", this::link),
        new AdminRoute(Method.GET, "/api/v1/audit", Access.OPERATOR, this::audit));
  }

  private void link(ServerRequest request, ServerResponse response) {
    Caller caller = Visitor.of(request).orElseThrow().caller();
    audit.record(caller, "login-link.made", "", "");
    String code = links.open(new Caller("login link", Role.OPERATOR));
    Answers.json(
        response,
        201,
        Map.of("path", "/login/link/" + code, "seconds", LoginLinks.LIFE.toSeconds()));
  }

  private void audit(ServerRequest request, ServerResponse response) {
    String before = request.query().first("before").asOptional().orElse(Audit.NEWEST);
    String action = request.query().first("action").asOptional().orElse("");
    int limit;
    try {
      limit =
          request.query().first("limit").asOptional().map(Integer::parseInt).orElse(USUAL_ENTRIES);
    } catch (NumberFormatException e) {
      limit = 0;
    }
    if (limit < 1 || limit > Audit.MOST_ENTRIES) {
      Answers.error(response, 400, "limit is a number from 1 to " + Audit.MOST_ENTRIES);
      return;
    }
    List<AuditEntry> entries = audit.list(before, action, limit);
    Answers.json(
        response, 200, Map.of("entries", entries.stream().map(AccessRoutes::shown).toList()));
  }

  private static Map<String, String> shown(AuditEntry entry) {
    return Map.of(
        "id", entry.id(),
        "at", entry.at().toString(),
        "actor", entry.actor(),
        "role", entry.role().label(),
        "action", entry.action(),
        "target", entry.target(),
        "detail", entry.detail(),
        "outcome", entry.outcome().label());
  }
}
