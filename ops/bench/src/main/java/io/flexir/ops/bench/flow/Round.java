package io.flexir.ops.bench.flow;

/**
 * One round over one broker.
 *
 * @param ordersPerSecond requests that became committed work orders
 * @param recordsPerOrder that the scheduler wrote: orders, views and the ledger's changes
 * @param barePerSecond records that the bare loop committed, one for each request
 * @param requestBytes of a request's value, on average
 * @param orderBytes of an order's value, on average; the bare loop writes as many
 */
public record Round(
        double ordersPerSecond,
        double recordsPerOrder,
        double barePerSecond,
        double requestBytes,
        double orderBytes) {
    public double recordsPerSecond() {
        return ordersPerSecond * recordsPerOrder;
    }

    public double ratio() {
        return ordersPerSecond / barePerSecond;
    }
}
