package io.flexir.contracts.control;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.Depth;

/** How the scheduler grants pointer budgets. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BudgetPolicy.Fixed.class, name = "fixed"),
    @JsonSubTypes.Type(value = BudgetPolicy.Load.class, name = "load"),
    @JsonSubTypes.Type(value = BudgetPolicy.Slack.class, name = "slack"),
    @JsonSubTypes.Type(value = BudgetPolicy.Gain.class, name = "gain")
})
public sealed interface BudgetPolicy {
    /**
     * Every automatic job runs to the same pointer, whatever the load.
     *
     * @param pointer cut to the model's depth; the largest pointer means full depth
     */
    record Fixed(int pointer) implements BudgetPolicy {
        public Fixed {
            Require.between("pointer", pointer, 1, Depth.MAX_POINTER);
        }
    }

    /**
     * The deepest pointer at which the backlog would still drain within a target, moved in bounded
     * steps.
     *
     * @param targetBacklogSeconds wall seconds in which the fleet should be able to work off what
     *     waits
     */
    record Load(double targetBacklogSeconds) implements BudgetPolicy {
        public Load {
            Require.between("targetBacklogSeconds", targetBacklogSeconds, 0.01, 1e6);
        }
    }

    /** The deepest pointer that ends before the job's own deadline. */
    record Slack() implements BudgetPolicy {}

    /** Depth where it gains most for its cost, as far as the deadlines of all that waits allow. */
    record Gain() implements BudgetPolicy {}
}
