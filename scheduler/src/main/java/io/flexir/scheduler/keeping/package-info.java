/** What the bucket holds of jobs, and how long. Pure: no store and no clock. */
@NullMarked
package io.flexir.scheduler.keeping;

import org.jspecify.annotations.NullMarked;
