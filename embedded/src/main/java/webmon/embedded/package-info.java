/** What the embedded parts have in common: the lock on the folder they live in. */
@NullMarked
package webmon.embedded;

import org.jspecify.annotations.NullMarked;
