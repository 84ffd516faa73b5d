package io.flexir.ops.local.s3;

import java.net.URI;

/**
 * An S3 server with a bucket.
 *
 * @param address of it
 */
record StoreServer(URI address, String accessKey, String secretKey, String bucket) {}
