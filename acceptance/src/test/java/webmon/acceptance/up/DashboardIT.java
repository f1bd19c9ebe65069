package webmon.acceptance.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import webmon.acceptance.driver.Installation;
import webmon.acceptance.driver.Pages;
import webmon.acceptance.driver.Site;
import webmon.acceptance.driver.Wait;
import webmon.acceptance.driver.Workplace;

/** The page that the first login link leads to, in a real browser. */
final class DashboardIT {
  @Test
  void listsTheMonitorsWithTheirLastResults() throws IOException {
    try (Workplace workplace = Workplace.make("dashboard");
        Site site = Site.open().page("/", 200, "Welcome").page("/news", 200, "Nothing new");
        Installation installation = new Installation(workplace.folder())) {
      installation.configure(
          Pages.patient("Front page", site.url("/"), "Welcome")
              + Pages.patient("News", site.url("/news"), "Breaking"));
      installation.start();
      Wait.until(
          Duration.ofSeconds(60),
          () -> installation.api().items("/api/v1/monitors").size() == 2,
          () -> "two monitors");

      ChromeDriver browser = Browser.open();
      try {
        browser.get(installation.loginLink().toString());
        Wait.until(
            Duration.ofSeconds(15),
            () -> shows(browser, "Front page", "up") && shows(browser, "News", "down"),
            () -> "both pages in " + browser.findElement(By.tagName("body")).getText());
        keepScreenshot(browser);

        assertThat(browser.getCurrentUrl()).doesNotContain("token");
        assertThat(complaints(browser)).isEmpty();
      } finally {
        browser.quit();
      }
    }
  }

  private static boolean shows(ChromeDriver browser, String name, String state) {
    List<String> lines = browser.findElement(By.tagName("body")).getText().lines().toList();
    return lines.stream().anyMatch(line -> line.contains(name))
        && lines.stream().anyMatch(line -> line.toLowerCase(java.util.Locale.ROOT).contains(state));
  }

  private static List<String> complaints(ChromeDriver browser) {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  private static void keepScreenshot(ChromeDriver browser) throws IOException {
    Path kept = Path.of(System.getProperty("webmon.target", "target"), "dashboard.png");
    Files.copy(
        browser.getScreenshotAs(OutputType.FILE).toPath(),
        kept,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
