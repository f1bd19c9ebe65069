package webmon.agent.report;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Where time and chance come from.
 *
 * @param wall the time of the world
 * @param nanos a clock that never goes back, of which only differences mean something
 * @param random for ids (so it has to be a secure one) and for spreading repetitions
 */
public record Clocks(InstantSource wall, LongSupplier nanos, RandomGenerator random) {}
