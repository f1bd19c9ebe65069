/** What a customer would do by hand: start programs, serve pages, ask the API, read the log. */
@NullMarked
package webmon.acceptance.driver;

import org.jspecify.annotations.NullMarked;
