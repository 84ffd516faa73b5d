package io.flexir.scheduler.budget;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One water level for all: the deepest at which the backlog drains within a target.
 *
 * @param targetSeconds wall seconds
 * @param waterLevel present once the load was seen
 */
public record DrainTarget(double targetSeconds, @Nullable WaterLevel waterLevel) implements Policy {
    @Override
    public int pointer(JobFacts job, Load load, Instant now) {
        return WaterLevel.pointer(level(load.deepest()), load.deepest(), job.n());
    }

    @Override
    public int pointerWithoutLoad(JobFacts job) {
        return job.n();
    }

    @Override
    public Policy seeing(LoadSnapshot load, Instant now) {
        if (!load.anybodyWorks()) {
            return this;
        }
        WaterLevel next =
                waterLevel == null
                        ? WaterLevel.initial(load, targetSeconds, now)
                        : waterLevel.next(load, targetSeconds, now);
        return next.equals(waterLevel) ? this : new DrainTarget(targetSeconds, next);
    }

    @Override
    public int level(int deepest) {
        return waterLevel == null ? deepest : Math.min(waterLevel.level(), deepest);
    }
}
