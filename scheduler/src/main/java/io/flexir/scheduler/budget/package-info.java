/** How deep a job may go. Pure: values in, values out; no I/O and no clock of its own. */
@NullMarked
package io.flexir.scheduler.budget;

import org.jspecify.annotations.NullMarked;
