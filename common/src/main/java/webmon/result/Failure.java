package webmon.result;

/**
 * Why a check was not {@code up}.
 *
 * @param message one sentence that a person can act on, secrets masked
 */
public record Failure(FailureKind kind, String message) {}
