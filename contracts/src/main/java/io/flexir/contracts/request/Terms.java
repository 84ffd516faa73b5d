package io.flexir.contracts.request;

import io.flexir.contracts.check.DefaultsTo;
import io.flexir.contracts.check.Require;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * What a job asks for beside its pixels (the design's "contract").
 *
 * @param priority standard when left out
 * @param deadline the instant by which the outcome is wanted; none when left out
 * @param floor the quality floor: the smallest pointer the client accepts, 1 when left out
 * @param target the pointer that is deep enough: automatic and adaptive depth go no deeper. As deep
 *     as the model goes when left out
 * @param onMiss degrade when left out
 */
public record Terms(
        @DefaultsTo("\"standard\"") PriorityClass priority,
        @Nullable Instant deadline,
        @DefaultsTo("1") Integer floor,
        @Nullable Integer target,
        @DefaultsTo("\"degrade\"") OnMiss onMiss) {
    /** No deadline, no floor, standard priority. */
    public static final Terms DEFAULT = new Terms(PriorityClass.STANDARD, null, 1, OnMiss.DEGRADE);

    /** The same, as deep as the model goes. */
    public Terms(PriorityClass priority, @Nullable Instant deadline, Integer floor, OnMiss onMiss) {
        this(priority, deadline, floor, null, onMiss);
    }

    /** The same with a later deadline, where there is one. */
    Terms movedBy(Duration time) {
        return deadline == null
                ? this
                : new Terms(priority, deadline.plus(time), floor, target, onMiss);
    }

    @SuppressWarnings({"ConstantValue", "NullAway"})
    public Terms {
        priority = priority == null ? PriorityClass.STANDARD : priority;
        floor = floor == null ? Integer.valueOf(1) : floor;
        onMiss = onMiss == null ? OnMiss.DEGRADE : onMiss;
        Require.between("floor", floor, 1, Depth.MAX_POINTER);
        if (target != null) {
            Require.between("target", target, 1, Depth.MAX_POINTER);
            Require.that(
                    target >= floor,
                    "target",
                    "must be at least the floor (" + floor + "), is " + target);
        }
    }
}
