package io.flexir.ops.local.client;

/**
 * A model that jobs may name.
 *
 * @param digest SHA-256 of its manifest
 * @param n its deepest pointer
 */
public record Model(String name, String version, String digest, int n) {}
