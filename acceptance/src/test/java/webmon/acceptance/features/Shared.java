package webmon.acceptance.features;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import webmon.acceptance.driver.Deployment;
import webmon.acceptance.driver.Site;
import webmon.acceptance.driver.Workplace;

/**
 * The server that all scenarios of {@code reporting.feature} talk to, since its start takes longer
 * than they do. What a scenario asserts is about its own agent, whose id nobody else has.
 */
final class Shared {
  private static final AtomicInteger AGENTS = new AtomicInteger();
  private static @Nullable Shared instance;

  private final Workplace workplace = Workplace.make("reporting");
  private final Site site = Site.open().page("/", 200, "Welcome");
  private final Deployment deployment = Deployment.start(workplace.folder());

  private static synchronized Shared instance() {
    if (instance == null) {
      instance = new Shared();
    }
    return instance;
  }

  static Deployment deployment() {
    return instance().deployment;
  }

  static Site site() {
    return instance().site;
  }

  static String nextAgent() {
    return "agent-" + AGENTS.incrementAndGet();
  }

  static synchronized void close() {
    if (instance != null) {
      instance.deployment.close();
      instance.site.close();
      instance.workplace.close();
      instance = null;
    }
  }
}
