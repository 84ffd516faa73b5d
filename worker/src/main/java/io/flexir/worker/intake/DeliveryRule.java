package io.flexir.worker.intake;

/**
 * What the number of deliveries says of an order. A worker that dies takes every order it held into
 * its next delivery: run alone there, the innocent ones end and only the one that kills comes back
 * a third time.
 */
public enum DeliveryRule {
    /** First delivery: beside others. */
    BESIDE_OTHERS,
    /** It came back: nothing else may run in this worker meanwhile. */
    ALONE,
    /**
     * It came back too often: reported as failed without being opened, unless it was not begun each
     * time.
     */
    POISON;

    /**
     * More deliveries than this are not tried. The broker's own limit must be higher, or it would
     * archive silently.
     */
    public static final int MAX_TRIES = 3;

    /**
     * @param deliveries how often the broker has handed the record out, 1 for the first time
     */
    public static DeliveryRule of(int deliveries) {
        if (deliveries > MAX_TRIES) {
            return POISON;
        }
        return deliveries > 1 ? ALONE : BESIDE_OTHERS;
    }
}
