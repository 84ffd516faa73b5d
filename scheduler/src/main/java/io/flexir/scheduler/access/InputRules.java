package io.flexir.scheduler.access;

import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.TenantId;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which objects a tenant's jobs may name as their input: what it uploaded, its own results, and the
 * places that it was given. Pure.
 *
 * @param bucket of uploads and results; none lets everybody name everything
 * @param named places of tenants with terms of their own
 * @param others places of every other tenant
 */
public record InputRules(
        @Nullable String bucket, Map<TenantId, List<Place>> named, List<Place> others) {
    /** Everybody may name everything. */
    public static final InputRules ANY = new InputRules(null, Map.of(), List.of(Place.EVERYWHERE));

    public InputRules {
        named = Map.copyOf(named);
        others = List.copyOf(others);
    }

    /** Everybody may name what is theirs. */
    public static InputRules ofOwn(String bucket) {
        return new InputRules(bucket, Map.of(), List.of());
    }

    /** Why a tenant may not name this object, if so. */
    public Optional<String> refusal(TenantId tenant, ObjectReference input) {
        return allows(tenant, input.bucket(), input.key())
                ? Optional.empty()
                : Optional.of(
                        "names the object "
                                + input.key()
                                + " in bucket "
                                + input.bucket()
                                + ", where tenant "
                                + tenant
                                + " may name none");
    }

    /** Why a tenant may not name all objects of a bucket whose keys begin so, if so. */
    public Optional<String> refusalOfAll(TenantId tenant, String inBucket, String prefix) {
        return allows(tenant, inBucket, prefix)
                ? Optional.empty()
                : Optional.of(
                        "names every object in bucket "
                                + inBucket
                                + " whose key begins with \""
                                + prefix
                                + "\", of which tenant "
                                + tenant
                                + " may not name all");
    }

    private boolean allows(TenantId tenant, String inBucket, String keys) {
        return !steps(keys)
                && (isOwn(tenant, inBucket, keys)
                        || named.getOrDefault(tenant, others).stream()
                                .anyMatch(place -> place.holds(inBucket, keys)));
    }

    /** A store may take such a part for a step up, and so leave the place that was checked. */
    private static boolean steps(String keys) {
        String framed = "/" + keys + "/";
        return framed.contains("/./") || framed.contains("/../");
    }

    private boolean isOwn(TenantId tenant, String inBucket, String keys) {
        return inBucket.equals(bucket)
                && (keys.startsWith("uploads/" + tenant + "/")
                        || keys.startsWith("results/" + tenant + "/"));
    }
}
