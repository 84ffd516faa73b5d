package io.flexir.ops.local.scale;

/**
 * The worker processes at one moment.
 *
 * @param working those that take orders or will when they are up
 * @param draining those that finish what they hold
 * @param started all that were ever started
 * @param lost those that ended without being asked to
 */
public record Headcount(int working, int draining, int started, int lost) {}
