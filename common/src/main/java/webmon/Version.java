package webmon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The product's version, as {@code --version}, the user agent and {@code hello} lines say it. */
public final class Version {
  private static final String CURRENT = read();

  private Version() {}

  /** For instance {@code 0.1.0}. */
  public static String current() {
    return CURRENT;
  }

  private static String read() {
    try (InputStream in = Version.class.getResourceAsStream("/webmon/version.properties")) {
      if (in == null) {
        throw new IllegalStateException("webmon/version.properties is not on the class path");
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
