package io.flexir.ops.bench.start;

/**
 * One start of a worker.
 *
 * @param seconds from exec until it is subscribed and says that it is ready
 * @param residentMegabytes of memory then, in 2^20 bytes
 */
public record Start(double seconds, double residentMegabytes) {}
