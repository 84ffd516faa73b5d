package io.flexir.scheduler.load;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.budget.FairShares;
import io.flexir.scheduler.budget.FairShares.Claim;
import io.flexir.scheduler.budget.TenantRules;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What waits and is out of each tenant, in a fleet of its own: as many slots as it could have at
 * once, its weight's part of the fleet and what the others leave. So one tenant's burst makes
 * nobody else late, and raises nobody else's price. Thread-safe.
 */
public final class TenantLoad {
    /**
     * Past it, all further tenants share one place. A tenant once known keeps its own, unless
     * others want one when it needs nothing.
     */
    private static final int MAX_TENANTS = 1000;

    /** A need of fewer slots is none. */
    private static final double NOTHING = 1e-3;

    private static final TenantId FURTHER = new TenantId("further-tenants");

    private final TenantRules rules;
    private final Map<TenantId, WaitingWork> works = new ConcurrentHashMap<>();
    private volatile Division divided = new Division(0, 0, Map.of());

    TenantLoad(TenantRules rules) {
        this.rules = rules;
    }

    public TenantRules rules() {
        return rules;
    }

    /** The jobs of one tenant. */
    WaitingWork of(TenantId tenant) {
        WaitingWork known = works.get(tenant);
        if (known != null) {
            return known;
        }
        return works.computeIfAbsent(place(tenant), this::opened);
    }

    /** Under whose name a tenant is kept: its own, or that of all further ones. */
    TenantId place(TenantId tenant) {
        return works.containsKey(tenant) || works.size() < MAX_TENANTS ? tenant : FURTHER;
    }

    private WaitingWork opened(TenantId tenant) {
        WaitingWork work = new WaitingWork();
        work.fleet(divided.partOf(rules.weight(tenant)));
        return work;
    }

    /** Slots that a tenant could have at once. */
    double slots(TenantId tenant) {
        Double own = divided.slots().get(place(tenant));
        return own == null ? divided.partOf(rules.weight(tenant)) : own;
    }

    /** Slots that each tenant could have at once, as of the latest division. */
    Map<TenantId, Double> slots() {
        return divided.slots();
    }

    /** What a worker-second is worth to the tenant that it is worth most to. */
    double price(Instant now) {
        return works.values().stream().mapToDouble(work -> work.price(now)).max().orElse(0);
    }

    /** The fleet as of now: it is divided anew. */
    void fleet(double all, Instant now) {
        Map<TenantId, Claim> claims = new HashMap<>();
        works.forEach(
                (tenant, work) -> {
                    double need = work.slotsWanted(now);
                    if (need > NOTHING) {
                        claims.put(tenant, new Claim(rules.weight(tenant), need));
                    }
                });
        if (works.size() >= MAX_TENANTS) {
            forgetAllBut(claims.keySet());
        }
        Map<TenantId, Double> slots = FairShares.entitled(all, claims);
        double weights = claims.values().stream().mapToDouble(Claim::weight).sum();
        Division next = new Division(all, weights, slots);
        works.forEach(
                (tenant, work) -> {
                    Double own = slots.get(tenant);
                    work.fleet(own == null ? next.partOf(rules.weight(tenant)) : own);
                });
        divided = next;
    }

    /** Who adds a job to a work that is forgotten meanwhile takes it out there, too. */
    private void forgetAllBut(Set<TenantId> wanting) {
        works.forEach(
                (tenant, work) -> {
                    if (!wanting.contains(tenant) && work.jobs() == 0) {
                        works.remove(tenant, work);
                    }
                });
    }

    /**
     * The fleet, divided.
     *
     * @param weights of those who want something
     */
    private record Division(double all, double weights, Map<TenantId, Double> slots) {
        Division {
            slots = Map.copyOf(slots);
        }

        /** What one that wanted nothing so far has when it comes. */
        double partOf(double weight) {
            return all * weight / (weight + weights);
        }
    }
}
