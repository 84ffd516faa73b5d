package io.flexir.worker.intake;

/**
 * Told what happens to orders on their way in and out. Called from the slots' threads; must not
 * block.
 */
public interface IntakeListener {
    /** An order was handed out, for the {@code count}th time. */
    void delivered(int count);

    /** A record was no order. */
    void setAside();

    /** The lock of an order that is being worked on was lost: somebody else may have it now. */
    void lockLost();

    /** The broker did not take the last word on an order: it will be handed out again. */
    void acknowledgementRefused();
}
