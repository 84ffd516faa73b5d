/** What schedulers and workers ask of any S3 server, asked of several. */
@NullMarked
package io.flexir.ops.local.s3;

import org.jspecify.annotations.NullMarked;
