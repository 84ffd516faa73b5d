package io.flexir.worker.pipeline;

import io.flexir.contracts.work.GrantedModel;
import io.flexir.contracts.work.ModelChoice;
import io.flexir.worker.restore.Restoration;

import org.jspecify.annotations.Nullable;

/**
 * How a restored picture came to be; holds no pixels.
 *
 * @param why none where the request names the model
 */
record Account(
        Origin origin, GrantedModel model, @Nullable ModelChoice why, Restoration restoration) {}
