/** What an operator says to a file or to a server; each verb is one class. */
@NullMarked
package webmon.cli;

import org.jspecify.annotations.NullMarked;
