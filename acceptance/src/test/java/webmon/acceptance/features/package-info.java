/** The steps of the features, one class a feature file; each step calls a driver. */
@NullMarked
package webmon.acceptance.features;

import org.jspecify.annotations.NullMarked;
