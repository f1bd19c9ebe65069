/** What is watched: its identity and its definition as agents declare it. */
@NullMarked
package webmon.monitor;

import org.jspecify.annotations.NullMarked;
