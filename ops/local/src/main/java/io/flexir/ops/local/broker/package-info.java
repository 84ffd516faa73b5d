/**
 * A real Kafka node inside this JVM, and the topics and share groups that the fleet expects of it.
 */
@NullMarked
package io.flexir.ops.local.broker;

import org.jspecify.annotations.NullMarked;
