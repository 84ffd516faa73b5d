package io.flexir.contracts.request;

import io.flexir.contracts.check.DefaultsTo;
import io.flexir.contracts.check.Require;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What a job asks for beside its pixels (the design's "contract").
 *
 * @param priority standard when left out
 * @param deadline the instant by which the outcome is wanted; none when left out
 * @param floor the quality floor: the smallest pointer the client accepts, 1 when left out
 * @param onMiss degrade when left out
 */
public record Terms(
        @DefaultsTo("\"standard\"") PriorityClass priority,
        @Nullable Instant deadline,
        @DefaultsTo("1") Integer floor,
        @DefaultsTo("\"degrade\"") OnMiss onMiss) {
    /** No deadline, no floor, standard priority. */
    public static final Terms DEFAULT = new Terms(PriorityClass.STANDARD, null, 1, OnMiss.DEGRADE);

    @SuppressWarnings({"ConstantValue", "NullAway"})
    public Terms {
        priority = priority == null ? PriorityClass.STANDARD : priority;
        floor = floor == null ? Integer.valueOf(1) : floor;
        onMiss = onMiss == null ? OnMiss.DEGRADE : onMiss;
        Require.between("floor", floor, 1, Depth.MAX_POINTER);
    }
}
