package io.flexir.ops.local.s3;

import org.junit.jupiter.api.Tag;

import java.net.URI;

/**
 * Whichever server the environment names, as it does for schedulers and workers: {@code
 * ops/deploy/s3/check}.
 */
@Tag("given-store")
class GivenStoreTest extends StoreContract {

    @Override
    StoreServer open() {
        return new StoreServer(
                URI.create(variable("FLEXIR_S3")),
                variable("FLEXIR_S3_ACCESS_KEY"),
                variable("FLEXIR_S3_SECRET_KEY"),
                variable("FLEXIR_S3_BUCKET"));
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set: which server is it to be?");
        }
        return value;
    }
}
