package webmon.agent.check;

import static webmon.result.FailureKind.CERTIFICATE_EXPIRED;
import static webmon.result.FailureKind.CERTIFICATE_HOSTNAME;
import static webmon.result.FailureKind.CERTIFICATE_UNTRUSTED;
import static webmon.result.FailureKind.CONNECTION_RESET;
import static webmon.result.FailureKind.TLS;

import java.io.EOFException;
import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import webmon.result.Failure;

/** Why a TLS handshake failed. */
final class TlsFailure {
  private static final Pattern ALERT = Pattern.compile("fatal alert: ([a-z_]+)");
  private static final int MOST_NAMES = 3;

  private TlsFailure() {}

  static Failure of(IOException error, String peer, Trouble trouble) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ServedChainException refused) {
        return certificate(refused, trouble.host(), trouble.now());
      }
      if (cause instanceof SSLPeerUnverifiedException) {
        return new Failure(
            CERTIFICATE_HOSTNAME,
            "the certificate of " + peer + " does not name " + trouble.host());
      }
    }
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String message = FailureClassification.lower(cause);
      Matcher alert = ALERT.matcher(message);
      if (alert.find()) {
        String reason = alert.group(1).replace('_', ' ');
        return new Failure(TLS, peer + " refused the TLS handshake (" + reason + ")");
      }
      if (message.contains("unrecognized ssl message") || message.contains("plaintext")) {
        return new Failure(TLS, peer + " does not speak TLS on this port (is it http://?)");
      }
      if (message.contains("reset") || message.contains("broken pipe")) {
        return new Failure(
            CONNECTION_RESET, peer + " reset the connection during the TLS handshake");
      }
      if (cause instanceof EOFException || message.contains("terminated the handshake")) {
        return new Failure(TLS, peer + " closed the connection during the TLS handshake");
      }
      if (message.contains("protocol version") || message.contains("no appropriate protocol")) {
        return new Failure(TLS, peer + " speaks no TLS version that is still secure (1.2 or 1.3)");
      }
    }
    return new Failure(TLS, "the TLS handshake with " + peer + " failed");
  }

  private static Failure certificate(ServedChainException refused, String host, Instant now) {
    X509Certificate own = refused.chain().getFirst();
    if (refused.trusted()) {
      return new Failure(
          CERTIFICATE_HOSTNAME, "the certificate is for " + names(own) + ", not for " + host);
    }
    for (X509Certificate one : refused.chain()) {
      String whose =
          one == own ? "the certificate of " + host : "the certificate of its issuer " + name(one);
      Instant until = one.getNotAfter().toInstant();
      if (now.isAfter(until)) {
        return new Failure(
            CERTIFICATE_EXPIRED, whose + " expired on " + date(until) + ago(until, now));
      }
      Instant from = one.getNotBefore().toInstant();
      if (now.isBefore(from)) {
        return new Failure(CERTIFICATE_EXPIRED, whose + " is not valid before " + date(from));
      }
    }
    return new Failure(CERTIFICATE_UNTRUSTED, untrusted(refused.chain(), host));
  }

  private static String untrusted(List<X509Certificate> chain, String host) {
    X509Certificate own = chain.getFirst();
    if (own.getSubjectX500Principal().equals(own.getIssuerX500Principal())) {
      return "the certificate of " + host + " is signed by itself, so nobody vouches for it";
    }
    String issuer = issuer(chain.getLast());
    String sentence =
        "the certificate of "
            + host
            + " leads to "
            + issuer
            + ", which this machine does not trust";
    return chain.size() > 1 ? sentence : sentence + " (or the server leaves its issuer's out)";
  }

  private static String date(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static String ago(Instant then, Instant now) {
    long days = Duration.between(then, now).toDays();
    return days == 0 ? ", less than a day ago" : ", " + Words.days(days) + " ago";
  }

  private static String names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        alternatives.forEach(entry -> names.add(safe(String.valueOf(entry.get(1)))));
      }
    } catch (CertificateParsingException e) {
      // A certificate that names nobody in a readable way names its subject at least.
      names.clear();
    }
    if (names.isEmpty()) {
      return name(certificate);
    }
    String first = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
    int others = names.size() - MOST_NAMES;
    return others > 0 ? first + " and " + others + " more" : first;
  }

  private static String name(X509Certificate certificate) {
    return commonName(certificate.getSubjectX500Principal().getName());
  }

  private static String issuer(X509Certificate certificate) {
    return commonName(certificate.getIssuerX500Principal().getName());
  }

  /** The most telling part of a distinguished name. */
  private static String commonName(String distinguished) {
    try {
      for (Rdn part : new LdapName(distinguished).getRdns().reversed()) {
        if (part.getType().toUpperCase(Locale.ROOT).equals("CN")) {
          return safe(part.getValue().toString());
        }
      }
    } catch (InvalidNameException e) {
      return safe(distinguished);
    }
    return distinguished.isEmpty() ? "nobody" : safe(distinguished);
  }

  /** Written by whoever made the certificate. */
  private static String safe(String text) {
    return Excerpt.oneLine(text, 100);
  }
}
