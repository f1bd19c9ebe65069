/** The exclusive right to a folder. */
@NullMarked
package webmon.folder;

import org.jspecify.annotations.NullMarked;
