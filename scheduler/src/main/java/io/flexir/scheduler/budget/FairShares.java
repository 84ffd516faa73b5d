package io.flexir.scheduler.budget;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parts of a capacity by weight, max-min fair: who needs less than its part leaves the rest to the
 * others.
 */
public final class FairShares {
    private FairShares() {}

    /**
     * @param weight above 0
     * @param need of the capacity, not negative
     */
    public record Claim(double weight, double need) {
        double needPerWeight() {
            return need / weight;
        }
    }

    /**
     * What each gets: no more than it needs, and nobody could get more without a poorer one's loss.
     */
    public static <K> Map<K, Double> granted(double capacity, Map<K, Claim> claims) {
        List<Map.Entry<K, Claim>> modestFirst =
                claims.entrySet().stream()
                        .sorted(
                                Comparator.comparingDouble(
                                        entry -> entry.getValue().needPerWeight()))
                        .toList();
        Map<K, Double> granted = new HashMap<>();
        double left = capacity;
        double weights = claims.values().stream().mapToDouble(Claim::weight).sum();
        for (Map.Entry<K, Claim> entry : modestFirst) {
            Claim claim = entry.getValue();
            double part = weights > 0 ? left * Math.min(1, claim.weight() / weights) : left;
            double gets = Math.min(claim.need(), part);
            granted.put(entry.getKey(), gets);
            left -= gets;
            weights -= claim.weight();
        }
        return granted;
    }

    /**
     * What each could have at once if it wanted more: its part by weight whatever the others want,
     * and all that they leave.
     */
    public static <K> Map<K, Double> entitled(double capacity, Map<K, Claim> claims) {
        Map<K, Double> granted = granted(capacity, claims);
        double taken = granted.values().stream().mapToDouble(Double::doubleValue).sum();
        double weights = claims.values().stream().mapToDouble(Claim::weight).sum();
        Map<K, Double> entitled = new HashMap<>();
        claims.forEach(
                (key, claim) -> {
                    double left = capacity - (taken - granted.getOrDefault(key, 0.0));
                    double part = capacity * claim.weight() / weights;
                    entitled.put(key, claims.size() == 1 ? capacity : Math.max(part, left));
                });
        return entitled;
    }
}
