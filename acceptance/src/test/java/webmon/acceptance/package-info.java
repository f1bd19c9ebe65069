/** Tests of the product as a whole, from outside. */
@NullMarked
package webmon.acceptance;

import org.jspecify.annotations.NullMarked;
