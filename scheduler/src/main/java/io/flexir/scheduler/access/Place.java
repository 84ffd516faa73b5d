package io.flexir.scheduler.access;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.ObjectReference;

/**
 * Objects that a tenant may name.
 *
 * @param bucket {@value #ANY} is every one
 * @param prefix of their keys; may be empty
 */
public record Place(String bucket, String prefix) {
    private static final String ANY = "*";

    /** Every object there is. */
    public static final Place EVERYWHERE = new Place(ANY, "");

    public Place {
        if (!bucket.equals(ANY)) {
            Require.name("inputs", bucket, 63);
        }
    }

    /** Reads {@code BUCKET}, {@code BUCKET/PREFIX} or {@code *}. */
    public static Place of(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new Place(text, "")
                : new Place(text.substring(0, slash), text.substring(slash + 1));
    }

    boolean holds(ObjectReference object) {
        return (bucket.equals(ANY) || bucket.equals(object.bucket()))
                && object.key().startsWith(prefix);
    }
}
