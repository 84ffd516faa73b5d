package io.flexir.ops.local.s3;

import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.store.EmbeddedObjectStore;
import io.flexir.ops.local.store.StoreSettings;

/** The server of the local stack. */
class S3ProxyTest extends StoreContract {
    private final EmbeddedObjectStore embedded =
            EmbeddedObjectStore.start(StoreSettings.in(DataDirectory.temporary()));

    @Override
    StoreServer open() {
        return new StoreServer(
                embedded.endpoint(),
                embedded.credentials().accessKey(),
                embedded.credentials().secretKey(),
                embedded.bucket());
    }

    @Override
    void stop() {
        embedded.close();
    }
}
