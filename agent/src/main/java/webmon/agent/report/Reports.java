package webmon.agent.report;

import webmon.configuration.ReportSettings;

/** Where reports go: what the configuration says of it, and the means. */
public record Reports(ReportSettings settings, Routes routes) {}
