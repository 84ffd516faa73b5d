package io.flexir.scheduler.jobs;

import static io.flexir.scheduler.jobs.Requests.START;
import static io.flexir.scheduler.jobs.Requests.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.Rejection;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.scheduler.access.InputRules;
import io.flexir.scheduler.budget.TenantRules;
import io.flexir.scheduler.budget.TenantTerms;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class TenantsTest {
    private static final TenantId BURSTING = new TenantId("bursting");
    private static final TenantId STEADY = new TenantId("steady");

    private Laboratory lab = where(TenantTerms.EQUAL);

    @AfterEach
    void close() {
        lab.close();
    }

    /**
     * Within a stretch of 5 worker-seconds, 34 jobs at the floor, who is more urgent goes first.
     */
    @Test
    void a_burst_neither_delays_nor_degrades_another_tenant() {
        burst(500);
        lab.worker(1, 1);
        lab.pass(Duration.ofSeconds(20), () -> lab.worker(1, 0));
        lab.submit(job("mine").of(STEADY).submitted(lab.now()));

        List<WorkOrder> orders = new ArrayList<>(lab.orders());
        for (int i = 0; i < 40; i++) {
            lab.report(Reports.restored(orders.get(i).jobId().value(), 1));
            orders.addAll(lab.orders());
        }

        assertThat(first(orders, STEADY).budget().target()).isEqualTo(Laboratory.DEPTH);
        assertThat(orders.getLast().request().tenant()).isEqualTo(BURSTING);
        assertThat(orders.getLast().budget().target()).isLessThan(Laboratory.DEPTH);
    }

    @Test
    void past_a_quota_jobs_fail_and_those_of_others_do_not() {
        close();
        lab = where(new TenantTerms(1, 3, Double.POSITIVE_INFINITY));

        burst(5);
        lab.submit(job("mine").of(STEADY));

        assertThat(lab.outcomes())
                .hasSize(2)
                .allSatisfy(
                        end -> {
                            assertThat(end.tenant()).isEqualTo(BURSTING);
                            Failure failure = ((Outcome.Failed) end).failure();
                            assertThat(failure.reason()).isEqualTo(Failure.Reason.OVERLOADED);
                            assertThat(failure.detail())
                                    .isEqualTo(
                                            "Tenant bursting has 3 jobs waiting, its quota is 3");
                        });
        assertThat(lab.events.quotaRefusals).isEqualTo(2);
    }

    /** A megapixel at the floor is 3 GMACs, 0.15 s at 20 GMAC/s. */
    @Test
    void a_quota_may_be_of_work() {
        close();
        lab = where(new TenantTerms(1, 1000, 0.4));

        burst(5);

        assertThat(lab.outcomes()).hasSize(2);
    }

    @Test
    void what_a_tenant_was_given_less_is_its_debt() {
        lab.worker(1, 1);
        burst(500);
        WorkOrder deep = lab.orders().getFirst();
        lab.pass(Duration.ofSeconds(20), () -> lab.worker(1, 0));
        lab.report(Reports.restored(deep.jobId().value(), 1, deep.budget(), false));
        assertThat(lab.events.debts).isEmpty();

        WorkOrder shallow = lab.orders().getFirst();
        PointerBudget granted = shallow.budget();
        lab.report(Reports.restored(shallow.jobId().value(), 1, granted, false));

        assertThat(granted.target()).isLessThan(Laboratory.DEPTH);
        assertThat(lab.events.debts).containsOnlyKeys(BURSTING);
        assertThat(lab.events.debts.get(BURSTING)).isPositive();
    }

    @Test
    void a_burst_of_a_tenant_past_the_thousandth_makes_its_own_jobs_shallower() {
        TenantId late = new TenantId("late");
        lab.worker(500, 500);
        for (int i = 0; i < 1000; i++) {
            lab.submit(job("early-" + i).of(new TenantId("early-" + i)));
        }
        for (WorkOrder order : lab.orders()) {
            lab.report(Reports.restored(order.jobId().value(), 1));
        }
        lab.worker(1, 1);

        for (int i = 0; i < 500; i++) {
            lab.submit(job("late-" + i).of(late));
        }
        WorkOrder first = lab.orders().getFirst();
        lab.pass(Duration.ofSeconds(20), () -> lab.worker(1, 0));
        lab.report(Reports.restored(first.jobId().value(), 1));

        WorkOrder next = lab.orders().getLast();
        assertThat(next.request().tenant()).isEqualTo(late);
        assertThat(next.budget().target()).isLessThan(Laboratory.DEPTH);
    }

    private void burst(int jobs) {
        for (int i = 1; i <= jobs; i++) {
            lab.submit(job("busy-" + i).of(BURSTING).submitted(START));
        }
    }

    private static WorkOrder first(List<WorkOrder> orders, TenantId tenant) {
        return orders.stream()
                .filter(order -> order.request().tenant().equals(tenant))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_request_for_an_object_of_another_tenant_is_rejected_whatever_way_it_came() {
        close();
        JobsRules rules = Laboratory.rules(new BudgetPolicy.Load(30), 1000);
        lab =
                new Laboratory(
                        new JobsRules(
                                rules.pools(),
                                rules.creditPerSlot(),
                                rules.heartbeatTimeToLive(),
                                rules.patience(),
                                rules.policy(),
                                rules.tenants(),
                                InputRules.ofOwn("flexir"),
                                rules.limits(),
                                rules.tick()),
                        START);

        lab.submit(job("theirs").of(STEADY));

        Outcome end = lab.outcomes().getFirst();
        assertThat(((Outcome.Rejected) end).rejection().reason())
                .isEqualTo(Rejection.Reason.ACCESS_DENIED);
        assertThat(((Outcome.Rejected) end).rejection().detail())
                .isEqualTo(
                        "The request names the object theirs in bucket images, where tenant steady may name none");
    }

    private static Laboratory where(TenantTerms bursting) {
        JobsRules rules = Laboratory.rules(new BudgetPolicy.Load(30), 1000);
        return new Laboratory(
                new JobsRules(
                        rules.pools(),
                        rules.creditPerSlot(),
                        rules.heartbeatTimeToLive(),
                        rules.patience(),
                        rules.policy(),
                        new TenantRules(Map.of(BURSTING, bursting), TenantTerms.EQUAL),
                        rules.limits(),
                        rules.tick()),
                START);
    }
}
