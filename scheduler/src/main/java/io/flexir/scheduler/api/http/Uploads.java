package io.flexir.scheduler.api.http;

import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.api.resource.UploadResource;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.scheduler.storage.UploadKeys;
import io.vertx.ext.web.RoutingContext;

import java.time.InstantSource;

/** {@code createUpload}. */
public final class Uploads {
    private final ObjectStore store;
    private final BlockingCalls calls;
    private final Answers answers;
    private final InstantSource clock;

    public Uploads(ObjectStore store, BlockingCalls calls, Answers answers, InstantSource clock) {
        this.store = store;
        this.calls = calls;
        this.answers = answers;
        this.clock = clock;
    }

    public void create(RoutingContext context) {
        TenantId tenant = Caller.tenant(context);
        calls.run(() -> newUpload(tenant))
                .onSuccess(upload -> answers.send(context, 201, upload))
                .onFailure(context::fail);
    }

    private UploadResource newUpload(TenantId tenant) {
        ObjectReference input = ObjectReference.latest(store.bucket(), UploadKeys.fresh(tenant));
        return new UploadResource(
                "PUT",
                store.addressToWrite(input),
                clock.instant().plus(store.addressLifetime()),
                input);
    }
}
