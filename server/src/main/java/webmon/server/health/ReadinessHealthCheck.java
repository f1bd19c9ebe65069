package webmon.server.health;

import com.codahale.metrics.health.HealthCheck;

/** One of the checks of {@link Readiness} for Dropwizard's {@code /healthcheck}. */
public final class ReadinessHealthCheck extends HealthCheck {
  private final Readiness.Check check;

  public ReadinessHealthCheck(Readiness.Check check) {
    this.check = check;
  }

  @Override
  protected Result check() {
    return check.trouble().map(Result::unhealthy).orElseGet(Result::healthy);
  }
}
