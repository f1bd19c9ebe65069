package webmon.server.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import webmon.report.Acknowledgement.Range;

/** Against a plain set of bits. */
class SequenceRangesTest {
  private static BitSet bits(List<Integer> numbers) {
    BitSet bits = new BitSet();
    numbers.forEach(bits::set);
    return bits;
  }

  private static SequenceRanges ranges(List<Integer> numbers) {
    SequenceRanges ranges = SequenceRanges.NONE;
    for (int number : numbers) {
      ranges = ranges.plus(number, number);
    }
    return ranges;
  }

  private static BitSet bits(SequenceRanges ranges) {
    BitSet bits = new BitSet();
    for (Range range : ranges.ranges()) {
      bits.set((int) range.first(), (int) range.last() + 1);
    }
    return bits;
  }

  @Property
  void addsSubtractsAndIntersectsLikeASet(
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 40) Integer> one,
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 40) Integer> other) {
    SequenceRanges a = ranges(one);
    SequenceRanges b = ranges(other);
    BitSet union = bits(one);
    union.or(bits(other));
    BitSet difference = bits(one);
    difference.andNot(bits(other));
    BitSet common = bits(one);
    common.and(bits(other));

    assertThat(bits(a.plus(b))).isEqualTo(union);
    assertThat(bits(a.minus(b))).isEqualTo(difference);
    assertThat(bits(a.and(b))).isEqualTo(common);
    assertThat(a.count()).isEqualTo(bits(one).cardinality());
    assertThat(a.contiguous()).isEqualTo(bits(one).nextClearBit(1) - 1);
    assertThat(bits(a.missing()).cardinality() + a.count()).isEqualTo(a.greatest());
  }

  @Property
  void hasOneFormWhateverTheOrder(
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 40) Integer> numbers) {
    SequenceRanges ranges = ranges(numbers);
    assertThat(ranges(numbers.reversed())).isEqualTo(ranges);
    assertThat(SequenceRanges.parse(ranges.toString())).isEqualTo(ranges);
    for (int i = 1; i < ranges.ranges().size(); i++) {
      assertThat(ranges.ranges().get(i).first())
          .isGreaterThan(ranges.ranges().get(i - 1).last() + 1);
    }
  }

  @Test
  void readsAndWritesWhatPostgresDoes() {
    assertThat(SequenceRanges.parse("{}")).isEqualTo(SequenceRanges.NONE);
    assertThat(SequenceRanges.parse("{[1,6),[8,9)}")).isEqualTo(SequenceRanges.of(1, 5).plus(8, 8));
    assertThat(SequenceRanges.of(1, 5).plus(8, 8)).hasToString("{[1,6),[8,9)}");
  }
}
