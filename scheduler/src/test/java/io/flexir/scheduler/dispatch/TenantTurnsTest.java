package io.flexir.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.budget.OrderKey;
import io.flexir.scheduler.budget.TenantRules;
import io.flexir.scheduler.budget.TenantTerms;
import io.flexir.scheduler.budget.Turn;
import io.flexir.scheduler.jobs.Requests;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Tenants whose jobs wait, and who is granted work when. */
class TenantTurnsTest {
    private static final TenantId HEAVY = new TenantId("heavy");
    private static final TenantId LIGHT = new TenantId("light");

    private final Map<String, RestorationRequest> requests = new HashMap<>();
    private int made;

    @Property(tries = 100)
    void while_both_have_jobs_waiting_work_is_divided_by_weight(
            @ForAll @DoubleRange(min = 0.5, max = 8) double weight,
            @ForAll @DoubleRange(min = 0.1, max = 3) double heavySeconds,
            @ForAll @DoubleRange(min = 0.1, max = 3) double lightSeconds) {
        WaitingIndex index = index(weight);
        queue(index, HEAVY, 1000);
        queue(index, LIGHT, 1000);

        Map<TenantId, Double> granted = new HashMap<>();
        for (double total = 0; total < 90; ) {
            TenantId next = tenantOf(index.best().orElseThrow());
            double seconds = next.equals(HEAVY) ? heavySeconds : lightSeconds;
            grant(index, seconds);
            granted.merge(next, seconds, Double::sum);
            total += seconds;
        }

        double heavy = granted.getOrDefault(HEAVY, 0.0) / weight;
        double light = granted.getOrDefault(LIGHT, 0.0);
        double longest = Math.max(heavySeconds / weight, lightSeconds);
        assertThat(Math.abs(heavy - light)).isLessThan(Turn.STRETCH_SECONDS + longest + 1e-9);
    }

    @Property(tries = 50)
    void a_tenant_that_was_away_starts_where_the_others_are(
            @ForAll @IntRange(min = 1, max = 300) int before) {
        WaitingIndex index = index(1);
        queue(index, HEAVY, before + 100);
        for (int i = 0; i < before; i++) {
            grant(index, 1);
        }
        queue(index, LIGHT, 100);

        int light = 0;
        for (int i = 0; i < 50; i++) {
            light += tenantOf(index.best().orElseThrow()).equals(LIGHT) ? 1 : 0;
            grant(index, 1);
        }

        assertThat(light).isBetween(20, 30);
    }

    @Example
    void what_one_does_not_use_the_other_has() {
        WaitingIndex index = index(1);
        queue(index, LIGHT, 1);
        queue(index, HEAVY, 10);

        for (int i = 0; i < 11; i++) {
            grant(index, 5);
        }

        assertThat(index.best()).isEmpty();
        assertThat(index.size()).isZero();
    }

    @Example
    void who_is_within_the_same_stretch_goes_by_urgency() {
        WaitingIndex index = index(1);
        RestorationRequest urgent = job(LIGHT, 1);
        index.add(job(HEAVY, 100));
        index.add(urgent);
        index.granted(LIGHT, Turn.STRETCH_SECONDS - 1);
        assertThat(index.best()).contains(OrderKey.of(urgent));

        index.granted(LIGHT, 1);

        assertThat(tenantOf(index.best().orElseThrow())).isEqualTo(HEAVY);
    }

    private static WaitingIndex index(double weight) {
        TenantTerms heavy = new TenantTerms(weight, 10, 10);
        return new WaitingIndex(new TenantRules(Map.of(HEAVY, heavy), TenantTerms.EQUAL));
    }

    private void queue(WaitingIndex index, TenantId tenant, int jobs) {
        for (int i = 0; i < jobs; i++) {
            index.add(job(tenant, 100 + i));
        }
    }

    private RestorationRequest job(TenantId tenant, int dueSeconds) {
        RestorationRequest request =
                Requests.job("j" + made++)
                        .of(tenant)
                        .deadline(Requests.START.plusSeconds(dueSeconds), OnMiss.DEGRADE)
                        .request();
        requests.put(request.jobId().value(), request);
        return request;
    }

    private void grant(WaitingIndex index, double seconds) {
        OrderKey next = index.best().orElseThrow();
        index.granted(tenantOf(next), seconds);
        index.remove(requestOf(next));
    }

    private TenantId tenantOf(OrderKey key) {
        return requestOf(key).tenant();
    }

    private RestorationRequest requestOf(OrderKey key) {
        return Objects.requireNonNull(requests.get(key.jobId().value()));
    }
}
