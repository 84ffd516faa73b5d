/** What is put together for those who install a version. */
@NullMarked
package io.flexir.ops.deploy.release;

import org.jspecify.annotations.NullMarked;
