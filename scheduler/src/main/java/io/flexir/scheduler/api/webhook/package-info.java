/** Tells those who asked for it that a job has ended, by HTTP, as Standard Webhooks has it. */
@NullMarked
package io.flexir.scheduler.api.webhook;

import org.jspecify.annotations.NullMarked;
