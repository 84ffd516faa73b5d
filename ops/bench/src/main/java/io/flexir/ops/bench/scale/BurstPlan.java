package io.flexir.ops.bench.scale;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A burst of jobs that leave their depth to the fleet.
 *
 * @param jobs how many
 * @param over so long they keep coming, evenly
 * @param samples directory of clean photos, PNG
 * @param size width and height of the pieces that are cut from them, in pixels
 * @param patience with all of it
 */
public record BurstPlan(int jobs, Duration over, Path samples, int size, Duration patience) {}
