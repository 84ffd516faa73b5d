/** What a job would cost and when it would be done, before it is submitted. */
@NullMarked
package io.flexir.scheduler.api.estimate;

import org.jspecify.annotations.NullMarked;
