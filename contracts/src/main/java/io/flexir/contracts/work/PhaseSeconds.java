package io.flexir.contracts.work;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.flexir.contracts.check.Require;

/**
 * Wall seconds that a worker spent on one job, by phase.
 *
 * @param fetch reading the input from the object store
 * @param decode bytes to pixels
 * @param inference running the network's graphs
 * @param tiling cutting regions out and joining them
 * @param encode pixels to bytes
 * @param store writing the result to the object store
 */
public record PhaseSeconds(
        double fetch, double decode, double inference, double tiling, double encode, double store) {
    private static final double MAX = 1e7;

    public PhaseSeconds {
        Require.between("fetch", fetch, 0, MAX);
        Require.between("decode", decode, 0, MAX);
        Require.between("inference", inference, 0, MAX);
        Require.between("tiling", tiling, 0, MAX);
        Require.between("encode", encode, 0, MAX);
        Require.between("store", store, 0, MAX);
    }

    @JsonIgnore
    public double total() {
        return fetch + decode + inference + tiling + encode + store;
    }
}
