package io.flexir.ops.bench.chaos.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Faults one after the other, drawn from a seed: the same seed is the same plan. Every kind comes
 * once before any comes a second time. Pure; one thread.
 */
public final class FaultPlan {
    /** What was struck has this long to come back before it is struck again. */
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    private final Random random;
    private final List<FaultKind> kinds;
    private final Duration every;
    private final List<FaultKind> deck = new ArrayList<>();
    private final Map<Place, Duration> restUntil = new EnumMap<>(Place.class);
    private Duration last = Duration.ZERO;

    /**
     * @param kinds that may come
     * @param every mean time from one fault to the next, as far as there are places to strike
     */
    public FaultPlan(long seed, Set<FaultKind> kinds, Duration every) {
        if (kinds.isEmpty() || every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException(
                    "kinds must not be empty and every must be above 0, were "
                            + kinds
                            + " and "
                            + every);
        }
        this.random = new Random(seed);
        this.kinds = kinds.stream().sorted().toList();
        this.every = every;
    }

    /** The next fault; there is always one. */
    public PlannedFault next() {
        Duration at = last.plus(between(every.dividedBy(2), every.multipliedBy(3).dividedBy(2)));
        Optional<FaultKind> free = draw(at);
        while (free.isEmpty()) {
            at = Collections.min(restUntil.values().stream().filter(late(at)).toList());
            free = draw(at);
        }
        FaultKind kind = free.get();
        PlannedFault fault =
                new PlannedFault(
                        at, kind, random.nextInt(1_000), between(kind.shortest(), kind.longest()));
        restUntil.put(kind.place(), fault.restUntil(RECOVERY));
        last = at;
        return fault;
    }

    private static Predicate<Duration> late(Duration at) {
        return until -> until.compareTo(at) > 0;
    }

    /** The first of the deck whose place is at rest. */
    private Optional<FaultKind> draw(Duration at) {
        if (deck.isEmpty()) {
            deck.addAll(kinds);
            Collections.shuffle(deck, random);
        }
        Optional<FaultKind> found =
                deck.stream()
                        .filter(
                                kind ->
                                        restUntil
                                                        .getOrDefault(kind.place(), Duration.ZERO)
                                                        .compareTo(at)
                                                <= 0)
                        .findFirst();
        found.ifPresent(deck::remove);
        return found;
    }

    private Duration between(Duration least, Duration most) {
        return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
    }
}
