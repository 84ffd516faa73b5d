package io.flexir.ops.bench.flood;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is sent, and into what.
 *
 * @param perSecond submissions, whether or not the ones before were answered
 * @param over how long
 * @param connections of the clients; each has at most {@link FloodClients#PIPELINE} submissions
 *     under way
 * @param maxWaitingJobs the scheduler's bound
 * @param maxRequestsPerSecond the scheduler's bound for one tenant
 * @param size width and height of the image that all jobs are about, pixels
 * @param samples directory of photos that it is cut from
 * @param bundles directory of the models
 * @param patience for what was taken to be worked off
 */
public record FloodPlan(
        int perSecond,
        Duration over,
        int connections,
        int maxWaitingJobs,
        int maxRequestsPerSecond,
        int size,
        Path samples,
        Path bundles,
        Duration patience) {}
