package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A real browser that looks at a console, and keeps what no page may cause: errors in its console
/// and requests to anybody else.
final class ConsoleBrowser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final List<String> ALONE =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private static final String REFUSED =
      "Failed to load resource: the server responded with a status of 4";

  private static final String BUSY =
      "Failed to load resource: the server responded with a status of 503";

  private static final String FINDINGS =
      """
      async () => (await axe.run(document, {resultTypes: ['violations']})).violations
        .filter(v => ['serious', 'critical'].includes(v.impact))
        .map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 120)).join(' | '))
      """;

  /// How a page is looked at.
  record Look(String name, int width, int height, ColorScheme scheme) {
    static final Look DESKTOP = new Look("desktop-light", 1320, 900, ColorScheme.LIGHT);
    static final List<Look> ALL =
        List.of(
            DESKTOP,
            new Look("desktop-dark", 1320, 900, ColorScheme.DARK),
            new Look("phone-light", 390, 844, ColorScheme.LIGHT),
            new Look("phone-dark", 390, 844, ColorScheme.DARK));

    /// Each theme and each width is scanned once; the scan is the costly part.
    boolean scanned() {
      return name.equals("desktop-light") || name.equals("phone-dark");
    }
  }

  private final URI console;
  private final Playwright playwright;
  private final Browser browser;
  private final String axe;
  private final List<String> complaints = new ArrayList<>();
  private boolean refusalsExpected;
  private boolean askedAgain;

  ConsoleBrowser(URI console) throws IOException {
    this.console = console;
    this.axe = axe();
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setArgs(ALONE));
  }

  static boolean isInstalled() {
    return Files.isExecutable(CHROMIUM);
  }

  /// A page that has logged in with a token.
  Page loggedIn(Look look, String token) {
    Page page = stranger(look);
    page.navigate(console + "/login");
    page.fill("input[name=token]", token);
    page.click("text=Log in >> nth=-1");
    page.waitForURL(console + "/");
    return page;
  }

  Page stranger(Look look) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(look.width(), look.height())
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE)
                .setColorScheme(look.scheme()));
    Page page = context.newPage();
    page.setDefaultTimeout(60_000);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        complaints.add(page.url() + " console: " + message.text());
      }
    });
    page.onPageError(error -> complaints.add(page.url() + " error: " + error));
    page.onRequest(request -> {
      String url = request.url();
      if (!url.startsWith(console + "/") && !url.startsWith("blob:" + console)) {
        complaints.add(page.url() + " asked for " + url);
      }
    });
    return page;
  }

  Page open(Page page, String path) {
    page.navigate(console + path);
    return page;
  }

  /// Opens a page again and again until it shows something. That the lake was busy before it did is
  /// no complaint.
  void openUntil(Page page, String path, String selector) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    open(page, path);
    while (page.locator(selector).count() == 0) {
      assertThat(System.nanoTime()).as(path + " shows " + selector).isLessThan(end);
      askedAgain = true;
      page.waitForTimeout(250);
      open(page, path);
    }
  }

  /// A refusal that the test asks for is no complaint; Chromium tells of it when it likes.
  void expectRefusals() {
    refusalsExpected = true;
  }

  /// Closes every page; what they did that they may not.
  List<String> leave() {
    browser.contexts().forEach(BrowserContext::close);
    List<String> found =
        complaints.stream()
            .filter(complaint -> !refusalsExpected || !complaint.contains(REFUSED))
            .filter(complaint -> !askedAgain || !complaint.contains(BUSY))
            .toList();
    complaints.clear();
    refusalsExpected = false;
    askedAgain = false;
    return found;
  }

  /// Nothing wider than the screen and, where asked for, no serious finding of the scan.
  void assertReadable(Page page, String what, boolean scan) {
    Object tooWide =
        page.evaluate("() => document.scrollingElement.scrollWidth - window.innerWidth");
    assertThat(((Number) Objects.requireNonNull(tooWide)).intValue())
        .as("pixels that " + what + " is wider than the screen")
        .isLessThanOrEqualTo(0);
    if (scan) {
      page.evaluate(axe);
      assertThat((List<?>) page.evaluate(FINDINGS)).as("accessibility of " + what).isEmpty();
    }
  }

  private static String axe() throws IOException {
    try (InputStream in = ConsoleBrowser.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
