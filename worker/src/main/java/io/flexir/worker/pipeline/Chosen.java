package io.flexir.worker.pipeline;

import io.flexir.contracts.work.GrantedModel;
import io.flexir.contracts.work.ModelChoice;

import org.jspecify.annotations.Nullable;

/**
 * A picture with the model that it is restored by.
 *
 * @param why none where the request names the model
 */
record Chosen(Picture picture, GrantedModel model, @Nullable ModelChoice why) {}
