package webmon.acceptance;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Runs all features; what they said is kept in {@code target/cucumber-report.html}. */
@Suite
@IncludeEngines("cucumber")
@SelectPackages("features")
@ConfigurationParameter(key = "cucumber.glue", value = "webmon.acceptance.features")
@ConfigurationParameter(
    key = "cucumber.plugin",
    value = "html:target/cucumber-report.html, summary")
@ConfigurationParameter(key = "cucumber.snippet-type", value = "camelcase")
@ConfigurationParameter(key = "cucumber.junit-platform.naming-strategy", value = "long")
public final class FeaturesIT {}
