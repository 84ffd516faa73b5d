package io.flexir.ops.bench.flow;

/**
 * Milliseconds from a request's sending to its order being read as committed, in an idle fleet.
 *
 * @param requests measured
 */
public record Latency(
        long requests, double p50Millis, double p90Millis, double p99Millis, double maxMillis) {}
