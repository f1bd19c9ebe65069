package webmon.agent.check;

/**
 * Something that was expected of the answer.
 *
 * @param what for instance {@code status 200-299}
 * @param seen what was there instead, or that it was there
 */
public record Expectation(String what, boolean met, String seen) {}
