package webmon.result;

/** One redirect that was followed: the URL that answered (secrets masked) and with what status. */
public record Hop(String url, int httpStatus) {}
