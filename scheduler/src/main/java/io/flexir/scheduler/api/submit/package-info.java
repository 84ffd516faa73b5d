/** Taking jobs in, and back: from a submission's bytes to a durable record in the broker. */
@NullMarked
package io.flexir.scheduler.api.submit;

import org.jspecify.annotations.NullMarked;
