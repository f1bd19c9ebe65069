package webmon.agent.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the courier relies on, whichever transport it is. */
abstract class TransportContract {

  /** The transport, with a receiver that takes everything. */
  abstract Transport transport() throws Exception;

  /** What the receiver got, in any order. */
  abstract List<String> received() throws Exception;

  /** The receiver is away from now on. */
  abstract void cut() throws Exception;

  @Test
  void bringsEachReportAsItIs() throws Exception {
    Transport transport = transport();
    List<byte[]> reports = reports(transport.mostAtOnce(), 1_000);
    List<Sent> sent = transport.send(reports);
    assertThat(sent).hasSize(reports.size()).noneMatch(one -> one instanceof Sent.Failed);
    assertThat(received()).containsExactlyInAnyOrderElementsOf(texts(reports));
  }

  @Test
  void takesAsManyAsItSaysOfTheUsualSize() throws Exception {
    Transport transport = transport();
    List<byte[]> reports = reports(transport.mostAtOnce(), 60 * 1024);
    assertThat(transport.send(reports)).noneMatch(one -> one instanceof Sent.Failed);
    assertThat(received()).hasSize(reports.size());
  }

  @Test
  void takesTheLargestThatItSays() throws Exception {
    Transport transport = transport();
    List<byte[]> reports = reports(transport.mostAtOnce(), transport.mostBytes());
    assertThat(transport.send(reports)).noneMatch(one -> one instanceof Sent.Failed);
    assertThat(received()).containsExactlyInAnyOrderElementsOf(texts(reports));
  }

  @Test
  void saysWhatFailedAndThatItMayPass() throws Exception {
    Transport transport = transport();
    cut();
    List<byte[]> reports = reports(Math.min(2, transport.mostAtOnce()), 1_000);
    assertThat(transport.send(reports))
        .hasSize(reports.size())
        .allSatisfy(one ->
            assertThat(one)
                .isInstanceOfSatisfying(
                    Sent.Failed.class,
                    failed -> {
                      assertThat(failed.passing()).isTrue();
                      assertThat(failed.sentence()).isNotBlank();
                    }));
  }

  @Test
  void canBeClosedTwice() throws Exception {
    Transport transport = transport();
    transport.close();
    transport.close();
  }

  private static List<byte[]> reports(int number, int bytes) {
    List<byte[]> reports = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      String text = i + "." + "aZ09-_".repeat(bytes / 6 + 1);
      reports.add(text.substring(0, bytes).getBytes(StandardCharsets.US_ASCII));
    }
    return reports;
  }

  private static List<String> texts(List<byte[]> reports) {
    return reports.stream().map(report -> new String(report, StandardCharsets.US_ASCII)).toList();
  }
}
