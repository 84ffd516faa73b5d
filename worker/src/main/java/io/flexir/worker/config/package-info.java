/** What a worker is told when it starts: values alone. */
@NullMarked
package io.flexir.worker.config;

import org.jspecify.annotations.NullMarked;
