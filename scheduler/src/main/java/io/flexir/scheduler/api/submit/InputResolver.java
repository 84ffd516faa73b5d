package io.flexir.scheduler.api.submit;

import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.access.InputRules;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.storage.ImageHeader;
import io.flexir.scheduler.storage.ObjectLookup;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.scheduler.storage.UploadKeys;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;

/** Finds the image of a submission and pins it, so that a later overwrite is noticed. Blocks. */
final class InputResolver {
    /**
     * A pinned input.
     *
     * @param imageSize where the file's header states one
     */
    record Resolved(ObjectReference reference, @Nullable ImageSize imageSize) {}

    private final ObjectStore store;
    private final InputRules allowed;

    InputResolver(ObjectStore store, InputRules allowed) {
        this.store = store;
        this.allowed = allowed;
    }

    /**
     * @throws RefusedException when there is no such object
     */
    Resolved resolve(TenantId tenant, JobId jobId, SubmittedInput input) {
        byte[] data = input.data();
        if (data == null) {
            requireAllowed(tenant, input.reference());
            ObjectReference pinned = pin(input.reference());
            return new Resolved(pinned, sizeOf(store.readStart(pinned, ImageHeader.BYTES)));
        }
        // Named by its content: a second submission with the same key and another image cannot
        // replace it.
        String key = UploadKeys.inline(tenant, jobId, JobIds.sha256(data));
        ObjectReference pinned = pin(store.put(key, data));
        return new Resolved(
                pinned, sizeOf(Arrays.copyOf(data, Math.min(data.length, ImageHeader.BYTES))));
    }

    /**
     * Finds and pins an object that a tenant names, where it may and the object is there; when not,
     * whoever is asked for it will say so.
     */
    Optional<Resolved> find(TenantId tenant, ObjectReference wanted) {
        if (allowed.refusal(tenant, wanted).isPresent()
                || !(store.find(wanted) instanceof ObjectLookup.Found(ObjectReference pinned, _))) {
            return Optional.empty();
        }
        return Optional.of(
                new Resolved(pinned, sizeOf(store.readStart(pinned, ImageHeader.BYTES))));
    }

    /** Before the store is asked: whether an object is there is not told either. */
    private void requireAllowed(TenantId tenant, ObjectReference wanted) {
        allowed.refusal(tenant, wanted)
                .ifPresent(
                        problem -> {
                            throw new RefusedException(
                                    Problem.ofField(ProblemKind.INPUT_DENIED, "input", problem));
                        });
    }

    private ObjectReference pin(ObjectReference wanted) {
        return switch (store.find(wanted)) {
            case ObjectLookup.Found(ObjectReference pinned, long bytes) when bytes == 0 ->
                    throw refused(ProblemKind.INPUT_MISSING, wanted, "is empty");
            case ObjectLookup.Found(ObjectReference pinned, long bytes) -> pinned;
            case ObjectLookup.Missing() ->
                    throw refused(ProblemKind.INPUT_MISSING, wanted, "does not exist");
            case ObjectLookup.Changed() ->
                    throw refused(
                            ProblemKind.INPUT_CHANGED,
                            wanted,
                            "does not have the ETag " + wanted.etag());
            case ObjectLookup.Denied() ->
                    throw refused(
                            ProblemKind.INPUT_DENIED, wanted, "may not be read by the scheduler");
        };
    }

    private static RefusedException refused(ProblemKind kind, ObjectReference wanted, String what) {
        String version = wanted.versionId() == null ? "" : " in version " + wanted.versionId();
        String problem =
                "names the object "
                        + wanted.key()
                        + version
                        + " in bucket "
                        + wanted.bucket()
                        + ", which "
                        + what;
        return new RefusedException(Problem.ofField(kind, "input", problem));
    }

    private static @Nullable ImageSize sizeOf(byte[] start) {
        return ImageHeader.sizeOf(start).orElse(null);
    }
}
