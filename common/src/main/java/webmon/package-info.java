/** What every part of the product shares. */
@NullMarked
package webmon;

import org.jspecify.annotations.NullMarked;
