package dev.hooklake.server.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.hooklake.server.app.ConsoleBrowser.Look;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The console in a real browser, on a real server, while traffic comes in: each page's main task,
/// no errors, no request to anybody else, nothing that keeps people out.
///
/// The looks that are scanned, or with `-Dhooklake.long=true` all four. With
/// `-Dhooklake.screenshots=true` the pictures in `docs/images/console` are made anew.
final class ConsoleTest {
  private static final boolean MAKE_PICTURES = Boolean.getBoolean("hooklake.screenshots");
  private static final Path PICTURES = Path.of("..", "docs", "images", "console");
  private static final List<String> PAGES =
      List.of(
          "/",
          "/live",
          "/messages",
          "/campaigns",
          "/leads",
          "/quarantine",
          "/reconciliation",
          "/sql",
          "/sql/report/webhook_summary",
          "/tables",
          "/sources",
          "/alerts",
          "/drift",
          "/destinations",
          "/sinks",
          "/settings",
          "/audit");

  @TempDir private static Path data;
  private static BusyServer busy;
  private static Running server;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(ConsoleBrowser.isInstalled(), "Chromium is not installed; see ./check");
    PlaywrightAssertions.setDefaultAssertionTimeout(45_000);
    busy = new BusyServer(data);
    server = busy.running();
    if (MAKE_PICTURES) {
      busy.fillDays();
    }
    browser = new ConsoleBrowser(URI.create("http://localhost:" + server.adminPort()));
    busy.begin();
    if (MAKE_PICTURES) {
      busy.dress();
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (server != null) {
      browser.close();
      busy.close();
    }
  }

  @AfterEach
  void nothingWentWrongInTheBrowser() {
    assertThat(browser.leave()).isEmpty();
  }

  private static String operatorToken() {
    return server.entrance().tokens().operator().reveal();
  }

  private static Page operator(Look look) {
    return browser.loggedIn(look, operatorToken());
  }

  @SuppressWarnings("unused") // found by its name
  private static final List<Look> LOOKS =
      MAKE_PICTURES || Boolean.getBoolean("hooklake.long")
          ? Look.ALL
          : Look.ALL.stream().filter(Look::scanned).toList();

  @ParameterizedTest
  @FieldSource("LOOKS")
  void everyPageIsSoundInEveryLook(Look look) throws Exception {
    Page page = operator(look);
    assertThat(page.locator(".balance b").first()).not().hasText("0");
    browser.openUntil(page, "/", "#traffic canvas");
    for (String path : PAGES) {
      browser.openUntil(page, path, "main:not(:has(.note.bad))");
      assertThat(page.locator("h1")).isVisible();
      browser.assertReadable(page, path + " in " + look.name(), look.scanned());
      picture(page, path, look);
    }
    browser.open(page, "/live");
    page.locator("tbody a, tbody tr").first().waitFor();
    String event = newestEvent(page);
    browser.open(page, event);
    assertThat(page.locator("h1")).isVisible();
    browser.assertReadable(page, "an event in " + look.name(), look.scanned());
    picture(page, "/event", look);
    browser.openUntil(page, "/leads?lead=" + BusyServer.LEAD, "tbody a.cover");
    page.locator("tbody a.cover").first().click();
    assertThat(page.locator("#history")).isVisible();
    browser.assertReadable(page, "a lead in " + look.name(), look.scanned());
    picture(page, "/lead", look);
    browser.open(page, "/tracked-messages/" + BusyServer.MESSAGE);
    browser.assertReadable(page, "a message in " + look.name(), look.scanned());
    picture(page, "/tracked-message", look);
  }

  /// Links to events are hidden on a phone; their address is there all the same.
  private static String newestEvent(Page page) {
    page.waitForFunction("() => document.querySelector('tbody a[href^=\"/events/\"]')");
    return page.locator("tbody a[href^='/events/']").first().getAttribute("href");
  }

  /// One that came so long before the newest that it has landed.
  private static String landedEvent(Page page) {
    newestEvent(page);
    return page.locator("tbody a[href^='/events/']").last().getAttribute("href");
  }

  private static void picture(Page page, String path, Look look) throws Exception {
    if (MAKE_PICTURES) {
      Files.createDirectories(PICTURES);
      String name = path.equals("/") ? "overview" : path.substring(path.lastIndexOf('/') + 1);
      page.waitForTimeout(600);
      Files.write(
          PICTURES.resolve(name + "-" + look.name() + ".png"), SmallPng.of(page.screenshot()));
    }
  }

  @Test
  void theLoginPageTellsTheWayInAndAWrongTokenOpensNothing() throws Exception {
    browser.expectRefusals();
    Page page = browser.stranger(Look.DESKTOP);
    browser.open(page, "/quarantine");
    assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/login"));
    browser.assertReadable(page, "the login", true);
    picture(page, "/login", Look.DESKTOP);

    page.fill("input[name=token]", "a token that opens nothing");
    page.click("text=Log in >> nth=-1");

    assertThat(page.locator("[role=alert]")).containsText("opens nothing");
  }

  @Test
  void aLinkLogsInOnce() {
    browser.expectRefusals();
    String link = server.entrance().loginPath();
    Page page = browser.stranger(Look.DESKTOP);
    browser.open(page, link);
    assertThat(page.locator("h1")).hasText("Overview");

    Page again = browser.stranger(Look.DESKTOP);
    browser.open(again, link);
    assertThat(again.locator("[role=alert]")).containsText("has been used");
  }

  @Test
  void theOverviewBalancesAndShowsWhatComesIn() {
    Page page = operator(Look.DESKTOP);
    browser.openUntil(page, "/leads?lead=" + BusyServer.LEAD, "tbody .pill.good");
    browser.open(page, "/");

    assertThat(page.locator("#balance")).containsText("added by this server");
    assertThat(page.locator("#balance .pill")).containsText("balances to the event");
    assertThat(page.locator("#sources tbody")).containsText("Customer.io");
    assertThat(page.locator("#attention")).containsText("not understood");
    assertThat(page.locator("#traffic canvas")).isVisible();
    assertThat(page.locator("tbody[data-live] tr").first()).isVisible();
  }

  @Test
  void theLiveFeedShowsAnEventAMomentAfterItsRequest() {
    Page page = operator(Look.DESKTOP);
    browser.open(page, "/live?metric=clicked&channel=in_app");
    assertThat(page.locator("[data-live-state]")).containsText("live");
    int before = page.locator("tbody tr").count();

    assertThat(busy.run("send", "--sample", "in-app-clicked")).isZero();

    assertThat(page.locator("tbody tr").nth(before)).isVisible();
    assertThat(page.locator("tbody tr").first()).containsText("clicked");
  }

  @Test
  void personalDataIsMaskedUntilAskedForAndThatIsAudited() {
    Page page = operator(Look.DESKTOP);
    browser.open(page, "/live?channel=email");
    browser.open(page, newestEvent(page));
    assertThat(page.locator("pre")).containsText("•••");
    assertThat(page.locator("pre"))
        .not()
        .containsText(java.util.regex.Pattern.compile("[a-z]{3,}@"));

    page.click("text=Reveal personal data");

    assertThat(page.locator("#contents pre"))
        .containsText(java.util.regex.Pattern.compile("[a-z0-9.]{3,}@"));
    browser.open(page, "/audit");
    assertThat(page.locator("tbody tr").first()).containsText("event.revealed");
  }

  @Test
  void aRecipientsTimelineIsFoundWithoutBeingNamedInAnyUrl() {
    Page page = operator(Look.DESKTOP);
    browser.open(page, "/live?channel=email");
    browser.open(page, landedEvent(page));

    page.click("text=Show the timeline");

    assertThat(page.locator("#recipient tbody tr").first()).isVisible(patient());
    assertThat(page.url()).doesNotContain("@");
  }

  @Test
  void aRegisteredMessageIsFoundByItsIdAndByTheProviders() {
    Page page = operator(Look.DESKTOP);
    browser.openUntil(page, "/messages?id=" + BusyServer.MESSAGE, "tbody tr");
    assertThat(page.locator("h1")).containsText(BusyServer.MESSAGE);
    assertThat(page.locator(".steps")).containsText("delivered");
    assertThat(page.locator(".facts")).containsText("d•••@customer.example");
    String delivery = page.locator(".facts a").first().textContent();

    browser.open(page, "/messages");
    page.fill("input[name=id]", delivery);
    page.click("button:text-is(\"Find\")");

    assertThat(page.locator("h1")).containsText(BusyServer.MESSAGE);
  }

  @Test
  void aViewerLooksButChangesNothing() {
    browser.expectRefusals();
    Page page = browser.loggedIn(Look.DESKTOP, server.entrance().tokens().viewer().reveal());
    browser.openUntil(page, "/quarantine", "text=Show events");
    assertThat(page.locator("text=dry run")).hasCount(0);
    browser.open(page, "/sql");
    assertThat(page.locator("textarea")).hasCount(0);
    browser.open(page, "/audit");
    assertThat(page.locator("body")).containsText("takes an operator");
  }

  @Test
  void aQuarantinedEventIsLookedIntoAndReplayedDry() {
    Page page = operator(Look.DESKTOP);
    browser.openUntil(page, "/quarantine", "text=Show events");
    page.locator("text=Show events").first().click();
    assertThat(page.locator(".held tbody tr").first()).isVisible(patient());

    page.locator("text=Replay, dry run").first().click();

    assertThat(page.locator("#replay")).containsText("compared");
    assertThat(page.locator("#replay")).containsText("0 events would change");
  }

  @Test
  void aTestEventGoesTheWholeWay() {
    Page page = operator(Look.DESKTOP);
    browser.open(page, "/sources");

    page.click("#customerio >> text=Send a test event");
    assertThat(page.locator("#customerio .sent .note")).containsText("answered 200");
    page.click("text=What happened to it");

    assertThat(page.locator("h1")).containsText("email sent");
    assertThat(page.locator(".steps")).containsText("Received and verified");
  }

  @Test
  void aLeadIsFollowedToItsEndAndProcessedAgain() {
    Page page = operator(Look.DESKTOP);
    browser.openUntil(page, "/leads?lead=" + BusyServer.LEAD, "tbody .pill.good");
    page.locator("tbody a.cover").first().click();
    assertThat(page.locator("#history")).containsText("Find the person by phone");
    assertThat(page.locator("#contents pre")).not().containsText("lead1@");
    page.click("text=Reveal personal data");
    assertThat(page.locator("#contents pre")).containsText("lead1@example.com");

    page.click("text=Process again");
    assertThat(page.locator("#history")).containsText("2 times");
    assertThat(page.locator("#history header .pill").first()).hasText("completed");

    browser.open(page, "/leads?status=completed");
    page.click("text=Process these again, dry run");
    assertThat(page.locator("#said")).containsText("would be processed again");
  }

  @Test
  void whatNeverArrivedIsFoundAndFetched() {
    Page page = operator(Look.DESKTOP);
    browser.openUntil(page, "/reconciliation", "button.primary");
    page.click("button:text-is(\"Reconcile\")");
    assertThat(page.locator("#jobs tbody tr .pill").first()).hasText("done", inTheEnd());
    browser.open(page, "/reconciliation");
    assertThat(page.locator("[aria-label='Missing events'] tbody tr").first())
        .containsText("delivered");

    page.click("text=Backfill, dry run");
    page.locator("text=Fetch them now").click(new Locator.ClickOptions().setTimeout(180_000));

    assertThat(page.locator("#jobs tbody td").first()).hasText("backfill");
    assertThat(page.locator("#jobs tbody tr .pill").first()).hasText("done", inTheEnd());
    browser.open(page, "/reconciliation");
    assertThat(page.locator(".complete b")).hasText("100 %");
    browser.openUntil(page, "/campaigns?range=30d", "td span.strong");
  }

  @Test
  void sqlAnswersWithATableAChartAndCsvAndExplainsWhatItRefuses() throws Exception {
    browser.expectRefusals();
    Page page = operator(Look.DESKTOP);
    browser.open(page, "/sql");
    page.fill(
        "textarea",
        "SELECT metric, count(*) AS events FROM email_events GROUP BY 1 ORDER BY 2 DESC");
    page.click("button.primary");
    assertThat(page.locator("#answer tbody tr").first()).isVisible(patient());
    assertThat(page.locator("#answer canvas")).isVisible();

    Download csv = page.waitForDownload(() -> page.click("text=Download CSV"));
    assertThat(Files.readString(csv.path())).startsWith("metric,events\r\n");

    page.fill("textarea", "SELECT * FROM read_csv('/etc/passwd')");
    page.click("button.primary");
    assertThat(page.locator("#answer [role=alert]")).containsText("read a table");
  }

  @Test
  void aReportComesWithItsDefinitionAndCsv() throws Exception {
    Page page = operator(Look.DESKTOP);
    browser.open(page, "/sql");
    page.click("text=E-mail engagement by day");
    assertThat(page.locator("h1")).hasText("E-mail engagement by day");
    assertThat(page.locator("dl")).containsText("human_open_rate");

    Download csv = page.waitForDownload(() -> page.click("a[download]"));
    assertThat(Files.readString(csv.path())).startsWith("day,sent,delivered");
  }

  @Test
  void theThemeIsChosenAndKept() {
    Page page = operator(Look.DESKTOP);
    page.click("[data-do=theme]");
    page.click("[data-do=theme]");
    browser.open(page, "/tables");

    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
  }

  @Test
  void keysLeadToPages() {
    Page page = operator(Look.DESKTOP);
    page.keyboard().press("g");
    page.keyboard().press("t");

    assertThat(page.locator("h1")).hasText("Tables");
  }

  @Test
  void loggingOutEndsTheSession() {
    Page page = operator(Look.DESKTOP);
    page.click("text=Log out");
    assertThat(page.locator("h1")).hasText("Log in");

    browser.open(page, "/");

    assertThat(page.locator("h1")).hasText("Log in");
  }

  private static LocatorAssertions.HasTextOptions inTheEnd() {
    return new LocatorAssertions.HasTextOptions().setTimeout(180_000);
  }

  private static LocatorAssertions.IsVisibleOptions patient() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(45_000);
  }
}
