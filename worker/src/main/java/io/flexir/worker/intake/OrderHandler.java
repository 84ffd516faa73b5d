package io.flexir.worker.intake;

/** Does orders, on a computing thread. */
@FunctionalInterface
public interface OrderHandler {
    /** Blocks until the order is reported or given up. Whatever it throws hands the order back. */
    Settlement handle(Delivery delivery);
}
