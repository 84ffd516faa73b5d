package io.flexir.scheduler.costs;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.flexir.contracts.request.TenantId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;
import java.util.SortedMap;

/**
 * What images cost that were settled in a time.
 *
 * @param from the beginning of a slot of time
 * @param to the end of one
 * @param heldSince nothing is known of what was settled before
 * @param rows by group
 */
public record CostReport(
        Instant from,
        Instant to,
        Instant heldSince,
        By by,
        SortedMap<String, CostSum> rows,
        CostSum total,
        PriceList prices) {
    /** What rows are grouped by. */
    public enum By {
        @JsonProperty("tenant")
        TENANT,
        @JsonProperty("task")
        TASK,
        @JsonProperty("pointer")
        POINTER;

        /**
         * @throws IllegalArgumentException when there is no such grouping
         */
        public static By of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        String group(CostKey key) {
            return switch (this) {
                case TENANT -> key.tenant().value();
                case TASK -> key.task();
                case POINTER -> Integer.toString(key.pointer());
            };
        }
    }

    /**
     * What is asked for.
     *
     * @param tenant whose images alone; null is everybody's
     */
    public record Query(Instant from, Instant to, By by, @Nullable TenantId tenant) {}
}
