package io.flexir.ops.local.topics;

import java.util.List;
import java.util.Set;

/**
 * What lies between a cluster and what a fleet needs.
 *
 * @param changes in the order in which they are carried out
 * @param strangers topics that are named as the fleet's and are not its own: they are left alone
 */
public record ClusterPlan(List<Change> changes, List<String> strangers) {
    public ClusterPlan {
        changes = List.copyOf(changes);
        strangers = List.copyOf(strangers);
    }

    /**
     * The changes that stand against carrying any out.
     *
     * @param mayLose topics whose records may go
     */
    public List<Change> hindrances(Set<String> mayLose) {
        return changes.stream().filter(change -> hinders(change, mayLose)).toList();
    }

    private static boolean hinders(Change change, Set<String> mayLose) {
        return switch (change.verdict()) {
            case Verdict.Safe _ -> false;
            case Verdict.Loses _ -> !mayLose.contains(change.subject());
            case Verdict.Refused _ -> true;
        };
    }
}
