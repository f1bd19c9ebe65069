package webmon.result;

/**
 * Whose line this is.
 *
 * @param agent the agent's id
 * @param stream the unbroken life of one {@code data_dir}: 32 lower-case hex digits
 * @param region where the agent stands
 */
public record Origin(String agent, String stream, String region) {}
