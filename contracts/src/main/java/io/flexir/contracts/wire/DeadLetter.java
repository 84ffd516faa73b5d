package io.flexir.contracts.wire;

import io.flexir.contracts.check.Require;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Arrays;

/**
 * A record that could not be read at all.
 *
 * @param topic where it was read
 * @param partition of that topic
 * @param offset in that partition
 * @param key of the record, at most its first 1,000 characters; none where it had none
 * @param type the record's {@code ce_type} header; none where it had none
 * @param reason why it could not be read, with the field's name where there is one
 * @param bytes the value as it came, at most the first 512 KiB (base64 in JSON)
 * @param size of the value as it came, in bytes; absent in letters written before it was told
 * @param at when it was set aside
 */
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        @Nullable String type,
        String reason,
        byte[] bytes,
        @Nullable Integer size,
        Instant at) {
    /** More of a record's value than this is cut off. */
    public static final int MAX_BYTES = 512 * 1024;

    private static final int MAX_TEXT = 1000;

    public DeadLetter {
        Require.text("topic", topic, 249);
        Require.between("partition", partition, 0, Integer.MAX_VALUE);
        Require.between("offset", offset, 0L, Long.MAX_VALUE);
        Require.text("reason", reason, MAX_TEXT);
        bytes = Require.present("bytes", bytes).clone();
        Require.that(
                bytes.length <= MAX_BYTES,
                "bytes",
                "must be at most " + MAX_BYTES + ", are " + bytes.length);
        if (size != null) {
            Require.between("size", size, bytes.length, Integer.MAX_VALUE);
        }
        Require.present("at", at);
    }

    /**
     * The letter of a record that anything may stand in: what does not fit is cut off, and what
     * cannot be printed of its texts is left out.
     */
    public static DeadLetter of(Origin origin, String reason, byte @Nullable [] value, Instant at) {
        byte[] bytes = value == null ? new byte[0] : value;
        return new DeadLetter(
                origin.topic(),
                origin.partition(),
                origin.offset(),
                origin.key() == null ? null : printable(origin.key()),
                origin.type() == null ? null : printable(origin.type()),
                printable(reason),
                Arrays.copyOf(bytes, Math.min(bytes.length, MAX_BYTES)),
                bytes.length,
                at);
    }

    /** Where a record lay, and what stood beside its value. */
    public record Origin(
            String topic,
            int partition,
            long offset,
            @Nullable String key,
            @Nullable String type) {}

    /** Names the record that was set aside: the same record is the same event. */
    public String eventId() {
        return topic + "/" + partition + "/" + offset;
    }

    /** Whether nothing of the value was cut off. */
    public boolean holdsAll() {
        return size == null ? bytes.length < MAX_BYTES : size == bytes.length;
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    private static String printable(String text) {
        String clean = text.replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", " ");
        return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT);
    }
}
