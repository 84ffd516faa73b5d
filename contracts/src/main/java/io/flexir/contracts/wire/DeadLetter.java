package io.flexir.contracts.wire;

import io.flexir.contracts.check.Require;

import java.time.Instant;

/**
 * A record that could not be read at all.
 *
 * @param topic where it was read
 * @param partition of that topic
 * @param offset in that partition
 * @param reason why it could not be read, with the field's name where there is one
 * @param bytes the value as it came, at most the first 512 KiB (base64 in JSON)
 * @param at when it was set aside
 */
public record DeadLetter(
        String topic, int partition, long offset, String reason, byte[] bytes, Instant at) {
    /** More of a record's value than this is cut off. */
    public static final int MAX_BYTES = 512 * 1024;

    public DeadLetter {
        Require.text("topic", topic, 249);
        Require.between("partition", partition, 0, Integer.MAX_VALUE);
        Require.between("offset", offset, 0L, Long.MAX_VALUE);
        Require.text("reason", reason, 1000);
        bytes = Require.present("bytes", bytes).clone();
        Require.that(
                bytes.length <= MAX_BYTES,
                "bytes",
                "must be at most " + MAX_BYTES + ", are " + bytes.length);
        Require.present("at", at);
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }
}
