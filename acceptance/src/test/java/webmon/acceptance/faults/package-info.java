/** Processes are killed and disks are copied: nothing is lost, nothing counts twice. */
@NullMarked
package webmon.acceptance.faults;

import org.jspecify.annotations.NullMarked;
