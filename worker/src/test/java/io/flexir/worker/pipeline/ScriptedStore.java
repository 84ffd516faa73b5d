package io.flexir.worker.pipeline;

import io.flexir.contracts.request.ObjectReference;
import io.flexir.worker.storage.FetchOutcome;
import io.flexir.worker.storage.ObjectStore;
import io.flexir.worker.storage.StoreOutcome;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A store in memory that can be made to fail. */
final class ScriptedStore implements ObjectStore {
    final Map<String, byte[]> objects = new HashMap<>();
    int outages;

    /** What happens just before something is fetched. */
    Runnable asked = () -> {};

    /** What another worker does just before something pinned is replaced. */
    Runnable meanwhile = () -> {};

    @Override
    public FetchOutcome fetch(ObjectReference object, long maxBytes) {
        asked.run();
        if (outages > 0) {
            outages--;
            return new FetchOutcome.Unavailable("down");
        }
        byte[] bytes = objects.get(object.key());
        if (bytes != null && bytes.length > maxBytes) {
            return new FetchOutcome.TooLarge(bytes.length, maxBytes);
        }
        return bytes == null
                ? new FetchOutcome.Missing()
                : new FetchOutcome.Fetched(bytes, etag(bytes), "application/json");
    }

    @Override
    public StoreOutcome store(
            ObjectReference object, byte[] bytes, String contentType, Existing existing) {
        if (outages > 0) {
            outages--;
            return new StoreOutcome.Unavailable("down");
        }
        if (existing == Existing.PINNED) {
            meanwhile.run();
        }
        if (!mayWrite(object, existing)) {
            return new StoreOutcome.AlreadyThere();
        }
        objects.put(object.key(), bytes);
        return new StoreOutcome.Stored(etag(bytes));
    }

    private boolean mayWrite(ObjectReference object, Existing existing) {
        byte[] present = objects.get(object.key());
        return switch (existing) {
            case REPLACE -> true;
            case KEEP -> present == null;
            case PINNED -> present != null && etag(present).equals(object.etag());
        };
    }

    private static String etag(byte[] bytes) {
        return Integer.toHexString(Arrays.hashCode(bytes));
    }

    @Override
    public boolean answers() {
        return outages == 0;
    }

    @Override
    public void close() {}
}
