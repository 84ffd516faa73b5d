/** The one place that knows the order of a job's steps. */
@NullMarked
package io.flexir.worker.pipeline;

import org.jspecify.annotations.NullMarked;
