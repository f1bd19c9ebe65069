package webmon.acceptance.up;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium, driven by the system's own driver; nothing is fetched from anywhere. */
final class Browser {
  private Browser() {}

  static ChromeDriver open() {
    Path chromium = find("chromium", "google-chrome", "chromium-browser");
    Path driver = find("chromedriver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // root has none
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,900");
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logging);
    System.setProperty("webdriver.chrome.driver", driver.toString());
    return new ChromeDriver(options);
  }

  private static Path find(String... names) {
    for (String name : names) {
      for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
        Path path = Path.of(folder, name);
        if (Files.isExecutable(path)) {
          return path;
        }
      }
    }
    String sentence =
        "There is no "
            + names[0]
            + " on the PATH, which this test needs: on Debian, apt-get install chromium"
            + " chromium-driver.";
    if (System.getenv("CI") != null) {
      throw new AssertionError(sentence);
    }
    // ./build needs nothing but a JDK; it names what was skipped, and why.
    return Assumptions.abort(sentence);
  }
}
