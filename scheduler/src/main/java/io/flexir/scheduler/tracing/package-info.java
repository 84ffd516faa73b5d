/** One trace for each job, by OpenTelemetry: spans, what carries them on, and where they go. */
@NullMarked
package io.flexir.scheduler.tracing;

import org.jspecify.annotations.NullMarked;
