/**
 * What travels: reports, their seal, acknowledgements, and the keys of both sides (docs/wire.md).
 */
@NullMarked
package webmon.report;

import org.jspecify.annotations.NullMarked;
