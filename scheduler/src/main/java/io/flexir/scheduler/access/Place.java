package io.flexir.scheduler.access;

import io.flexir.contracts.check.Require;

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

    /** Whether it has every object of this bucket whose key begins so. */
    boolean holds(String inBucket, String keys) {
        return (bucket.equals(ANY) || bucket.equals(inBucket)) && keys.startsWith(prefix);
    }
}
