/** Handlers behind the operations of {@code openapi.yaml}. */
@NullMarked
package io.flexir.scheduler.api.http;

import org.jspecify.annotations.NullMarked;
