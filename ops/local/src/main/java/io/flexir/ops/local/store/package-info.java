/** A real S3 server inside this JVM, over a directory. */
@NullMarked
package io.flexir.ops.local.store;

import org.jspecify.annotations.NullMarked;
