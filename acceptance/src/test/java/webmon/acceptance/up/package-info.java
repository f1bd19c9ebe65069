/** The first command a newcomer types, and the page it leads to. */
@NullMarked
package webmon.acceptance.up;

import org.jspecify.annotations.NullMarked;
