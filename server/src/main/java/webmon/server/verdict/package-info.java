/** What is up and what is down: so far, only word that there is something to decide. */
@NullMarked
package webmon.server.verdict;

import org.jspecify.annotations.NullMarked;
