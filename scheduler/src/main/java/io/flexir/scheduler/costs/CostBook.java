package io.flexir.scheduler.costs;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.job.Outcome;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Costs of restored images, summed in slots of a quarter of an hour. Told of each outcome once.
 * Keeps {@link #KEPT}, and at most so many sums: past that the oldest slots go. Thread-safe.
 */
public final class CostBook {
    /** As long as outcomes stay in their topic, from which the book is filled again. */
    public static final Duration KEPT = Duration.ofDays(7);

    /** What a slot of time is. */
    public static final Duration SLOT = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(CostBook.class);
    private static final int MAX_SUMS = 100_000;

    /** Pointers in the order of numbers, all else in that of letters. */
    private static final Comparator<String> ORDER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private final Function<String, Optional<BundleManifest>> models;
    private final PriceList prices;
    private final int maxSums;
    private final TreeMap<Instant, Map<CostKey, CostCell>> slots = new TreeMap<>();
    private int sums;
    private Instant droppedUntil = Instant.MIN;

    /**
     * @param models the manifest of a model, by name
     */
    public CostBook(Function<String, Optional<BundleManifest>> models, PriceList prices) {
        this(models, prices, MAX_SUMS);
    }

    CostBook(Function<String, Optional<BundleManifest>> models, PriceList prices, int maxSums) {
        this.models = models;
        this.prices = prices;
        this.maxSums = maxSums;
    }

    /** A job has ended. Only restored images cost something that is known. */
    public void add(Outcome outcome) {
        if (outcome instanceof Outcome.Restored restored) {
            add(ImageCost.of(restored, models.apply(restored.receipt().model())));
        }
    }

    private synchronized void add(ImageCost image) {
        Instant slot = slotOf(image.at());
        if (slot.isBefore(droppedUntil)) {
            return;
        }
        Map<CostKey, CostCell> cells = slots.computeIfAbsent(slot, at -> new HashMap<>());
        int before = cells.size();
        cells.merge(image.key(), CostCell.of(image), CostCell::plus);
        sums += cells.size() - before;
        while (sums > maxSums && slots.size() > 1) {
            dropOldest();
        }
    }

    /** Forgets what is older than is kept. */
    public synchronized void sweep(Instant now) {
        while (!slots.isEmpty() && slots.firstKey().isBefore(slotOf(now.minus(KEPT)))) {
            dropOldest();
        }
    }

    /** What images cost; the time is widened to whole slots. */
    public synchronized CostReport report(CostReport.Query query, Instant now) {
        Instant from = slotOf(query.from());
        Instant to = slotOf(query.to().plus(SLOT).minusNanos(1));
        SortedMap<String, CostSum> rows = new TreeMap<>(ORDER);
        CostSum total = CostSum.NOTHING;
        for (Map<CostKey, CostCell> cells : slots.subMap(from, to).values()) {
            for (Map.Entry<CostKey, CostCell> cell : cells.entrySet()) {
                CostKey key = cell.getKey();
                if (query.tenant() == null || query.tenant().equals(key.tenant())) {
                    CostSum sum = CostSum.of(cell.getValue(), key.device(), prices);
                    rows.merge(query.by().group(key), sum, CostSum::plus);
                    total = total.plus(sum);
                }
            }
        }
        return new CostReport(from, to, heldSince(now), query.by(), rows, total, prices);
    }

    public PriceList prices() {
        return prices;
    }

    /** What this costs on the class of device that most images were restored on since then. */
    public synchronized double money(Use use, Instant since) {
        Map<String, Long> images = new HashMap<>();
        slots.tailMap(slotOf(since))
                .values()
                .forEach(
                        cells ->
                                cells.forEach(
                                        (key, cell) ->
                                                images.merge(
                                                        key.device(), cell.images(), Long::sum)));
        String device =
                images.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .orElse(PriceList.OTHERS);
        return prices.money(device, use);
    }

    private Instant heldSince(Instant now) {
        Instant oldest = slotOf(now.minus(KEPT));
        return droppedUntil.isAfter(oldest) ? droppedUntil : oldest;
    }

    private void dropOldest() {
        Map.Entry<Instant, Map<CostKey, CostCell>> oldest = slots.pollFirstEntry();
        sums -= oldest.getValue().size();
        droppedUntil = oldest.getKey().plus(SLOT);
        LOG.debug("event=costs_forgotten until={} sums={}", droppedUntil, sums);
    }

    private static Instant slotOf(Instant at) {
        long seconds = SLOT.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
    }
}
