/**
 * The configuration file: what may stand in it, what it means, and where it is wrong. No other
 * package reads TOML.
 */
@NullMarked
package webmon.configuration;

import org.jspecify.annotations.NullMarked;
