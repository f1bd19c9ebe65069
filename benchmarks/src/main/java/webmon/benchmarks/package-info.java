/** Programs that load the real thing, measure it and kill it; how to run them is in README.md. */
@NullMarked
package webmon.benchmarks;

import org.jspecify.annotations.NullMarked;
