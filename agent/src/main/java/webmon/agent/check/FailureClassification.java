package webmon.agent.check;

import static webmon.result.FailureKind.CONNECTION_RESET;
import static webmon.result.FailureKind.CONNECT_REFUSED;
import static webmon.result.FailureKind.CONNECT_TIMEOUT;
import static webmon.result.FailureKind.DNS;
import static webmon.result.FailureKind.INTERNAL;
import static webmon.result.FailureKind.PROTOCOL;
import static webmon.result.FailureKind.TIMEOUT;
import static webmon.result.FailureKind.UNREACHABLE;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.Locale;
import javax.net.ssl.SSLException;
import webmon.result.Failure;

/**
 * What an exception means, in a sentence a person can act on. The JDK and OkHttp tell many causes
 * apart by their messages only; those this knows were taken from JDK 25 and OkHttp 5.5, and each is
 * tested against a server that provokes it.
 */
final class FailureClassification {
  private FailureClassification() {}

  static Failure of(Trouble trouble) {
    IOException error = trouble.error();
    if (error instanceof UnknownHostException) {
      return dns(trouble);
    }
    if (error instanceof InterruptedIOException) {
      return timeout(trouble);
    }
    if (trouble.phase().compareTo(Phase.REQUEST) >= 0) {
      return answer(trouble);
    }
    Attempt last = new Attempt(trouble.peer(), trouble.phase(), error, trouble.elapsed());
    return trouble.attempts().stream()
        .map(attempt -> attempt(attempt, trouble))
        .max(Comparator.comparingInt(FailureClassification::telling))
        .orElseGet(() -> attempt(last, trouble));
  }

  /** Of several addresses' failures the one that came furthest says most. */
  private static int telling(Failure failure) {
    return switch (failure.kind()) {
      case UNREACHABLE -> 0;
      case CONNECT_TIMEOUT -> 1;
      case CONNECT_REFUSED -> 2;
      default -> 3;
    };
  }

  private static Failure dns(Trouble trouble) {
    String host = trouble.host();
    if (trouble.error() instanceof Resolver.NoAnswerException) {
      return new Failure(
          DNS, "DNS did not answer for " + host + " within " + Words.of(trouble.timeout()));
    }
    String message = lower(trouble.error());
    if (message.contains("temporary failure")) {
      return new Failure(DNS, "DNS gave no answer for " + host + " (a temporary failure, it says)");
    }
    return new Failure(
        DNS,
        message.contains("no address")
            ? "the name " + host + " has no address in DNS"
            : "the name " + host + " is not known to DNS");
  }

  private static Failure timeout(Trouble trouble) {
    String peer = trouble.peer();
    String within = " within " + Words.of(trouble.timeout());
    return switch (trouble.phase()) {
      case DNS -> new Failure(DNS, "DNS did not answer for " + trouble.host() + within);
      case CONNECT -> new Failure(CONNECT_TIMEOUT, "no connection to " + peer + within);
      case TLS -> new Failure(TIMEOUT, "the TLS handshake with " + peer + " did not end" + within);
      case REQUEST -> new Failure(TIMEOUT, peer + " did not take the request" + within);
      case WAIT -> new Failure(TIMEOUT, peer + " did not answer" + within);
      case TRANSFER ->
          new Failure(
              TIMEOUT,
              "the answer of " + peer + " did not end" + within + came(trouble.bodyBytes()));
    };
  }

  private static String came(long bytes) {
    return "; " + Words.bytes(bytes) + " came";
  }

  private static Failure attempt(Attempt attempt, Trouble trouble) {
    return attempt.phase() == Phase.TLS
        ? TlsFailure.of(attempt.error(), attempt.address(), trouble)
        : connect(attempt);
  }

  private static Failure connect(Attempt attempt) {
    String peer = attempt.address();
    String after = " after " + Words.of(attempt.elapsed());
    for (Throwable cause = attempt.error(); cause != null; cause = cause.getCause()) {
      String message = lower(cause);
      if (message.contains("refused")) {
        return new Failure(CONNECT_REFUSED, "connection refused by " + peer + after);
      }
      if (message.contains("timed out")) {
        return new Failure(CONNECT_TIMEOUT, peer + " did not answer to the connection" + after);
      }
      if (message.contains("reset")) {
        return new Failure(CONNECTION_RESET, peer + " reset the connection at once" + after);
      }
      if (message.contains("too many open files")) {
        return new Failure(INTERNAL, "the agent has too many open files: raise its limit");
      }
      if (cause instanceof NoRouteToHostException) {
        return new Failure(UNREACHABLE, "there is no route to " + peer);
      }
      if (message.contains("unreachable")) {
        return new Failure(UNREACHABLE, "the network of " + peer + " cannot be reached from here");
      }
    }
    return new Failure(UNREACHABLE, peer + " cannot be reached from here");
  }

  private static Failure answer(Trouble trouble) {
    String peer = trouble.peer();
    boolean began = trouble.phase() == Phase.TRANSFER;
    String where =
        began
            ? " in the middle of its answer" + came(trouble.bodyBytes())
            : " before it answered, after " + Words.of(trouble.elapsed());
    for (Throwable cause = trouble.error(); cause != null; cause = cause.getCause()) {
      String message = lower(cause);
      if (message.contains("fatal alert") || cause instanceof ServedChainException) {
        return TlsFailure.of(trouble.error(), peer, trouble);
      }
      if (message.contains("stream was reset")) {
        String code = message.substring(message.lastIndexOf(' ') + 1);
        return new Failure(CONNECTION_RESET, peer + " reset the stream (" + code + ")" + where);
      }
      if (message.contains("reset") || message.contains("broken pipe")) {
        return new Failure(CONNECTION_RESET, peer + " reset the connection" + where);
      }
      if (closed(cause, message)) {
        return new Failure(CONNECTION_RESET, peer + " closed the connection" + where);
      }
    }
    return began
        ? new Failure(PROTOCOL, "the answer of " + peer + " is damaged" + damage(trouble))
        : new Failure(PROTOCOL, peer + " did not answer in HTTP" + notHttp(trouble.error()));
  }

  private static boolean closed(Throwable cause, String message) {
    if (cause instanceof SSLException || message.contains("shut down incorrectly")) {
      return true;
    }
    // Okio says how many bytes there were before the end of a line that did not come.
    return cause instanceof EOFException && message.contains("\\n not found")
        ? message.contains("limit=0 ")
        : message.contains("unexpected end of stream")
                && !(cause.getCause() instanceof EOFException)
            || message.contains("connection shutdown")
            || message.contains("closed");
  }

  private static String damage(Trouble trouble) {
    String message = lower(trouble.error());
    if (trouble.error() instanceof ProtocolException) {
      return message.contains("chunk") ? ": a chunk of its body is not well-formed" : "";
    }
    return ": its body cannot be unpacked" + came(trouble.bodyBytes());
  }

  private static String notHttp(IOException error) {
    return lower(error).contains("frame") ? " (its HTTP/2 is broken)" : "";
  }

  static String lower(Throwable error) {
    String message = error.getMessage();
    return message == null ? "" : message.toLowerCase(Locale.ROOT);
  }
}
