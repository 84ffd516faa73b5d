package io.flexir.scheduler.api.resource;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Instant;

/**
 * Where a job's images can be seen ({@code JobImages} in the API description).
 *
 * @param input none where the tenant may no longer name it
 * @param result none until there is one
 * @param download the result, to be kept as a file
 * @param expiresAt when the addresses stop working
 */
public record JobImagesResource(
        @Nullable URI input, @Nullable URI result, @Nullable URI download, Instant expiresAt) {}
