package io.flexir.ops.bench.speed;

/**
 * Speed of a large fp32 matrix product.
 *
 * @param by the library that was faster at it
 * @param gigaMacsPerSecond multiply-adds a second, in 10^9
 */
public record Product(String by, double gigaMacsPerSecond) {}
