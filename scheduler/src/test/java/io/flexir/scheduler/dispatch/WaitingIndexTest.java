package io.flexir.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.scheduler.budget.OrderKey;
import io.flexir.scheduler.jobs.Requests;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

class WaitingIndexTest {
    @Property(tries = 200)
    void serves_in_the_same_order_however_jobs_came(
            @ForAll("requests") @Size(max = 30) List<RestorationRequest> requests) {
        List<RestorationRequest> otherwise = new ArrayList<>(requests);
        Collections.reverse(otherwise);

        List<OrderKey> served = drain(index(requests), requests);

        assertThat(served).isSorted().hasSize(requests.size());
        assertThat(drain(index(otherwise), requests)).isEqualTo(served);
    }

    @Property(tries = 200)
    void who_is_due_first_goes_first(
            @ForAll("requests") @Size(max = 30) List<RestorationRequest> requests) {
        List<OrderKey> served = drain(index(requests), requests);

        assertThat(served.stream().map(OrderKey::dueMillis).toList()).isSorted();
    }

    @Property(tries = 200)
    void finds_every_job_that_would_rather_fail_than_be_late(
            @ForAll("requests") @Size(max = 30) List<RestorationRequest> requests) {
        WaitingIndex index = index(requests);
        var now = Requests.START.plusSeconds(500);

        int found = 0;
        for (var id = index.expiredBy(now); id.isPresent(); id = index.expiredBy(now)) {
            index.remove(byId(requests, id.get().value()));
            found++;
        }

        assertThat(found)
                .isEqualTo(
                        (int)
                                requests.stream()
                                        .map(RestorationRequest::terms)
                                        .filter(terms -> terms.onMiss() == OnMiss.FAIL)
                                        .filter(terms -> terms.deadline().isBefore(now))
                                        .count());
    }

    @Provide
    Arbitrary<List<RestorationRequest>> requests() {
        Arbitrary<PriorityClass> classes = Arbitraries.of(PriorityClass.class);
        Arbitrary<OnMiss> misses = Arbitraries.of(OnMiss.class);
        Arbitrary<Integer> seconds = Arbitraries.integers().between(0, 1000);
        Arbitrary<Integer> names = Arbitraries.integers().between(0, 1_000_000);
        return Combinators.combine(names, classes, misses, seconds, seconds)
                .as(
                        (name, priority, miss, deadline, submitted) ->
                                Requests.job("job-" + name)
                                        .priority(priority)
                                        .deadline(Requests.START.plusSeconds(deadline), miss)
                                        .submitted(Requests.START.plusSeconds(submitted))
                                        .request())
                .list()
                .uniqueElements(RestorationRequest::jobId);
    }

    private static WaitingIndex index(List<RestorationRequest> requests) {
        WaitingIndex index = new WaitingIndex();
        requests.forEach(index::add);
        return index;
    }

    private static List<OrderKey> drain(WaitingIndex index, List<RestorationRequest> requests) {
        List<OrderKey> served = new ArrayList<>();
        for (var best = index.best(); best.isPresent(); best = index.best()) {
            served.add(best.get());
            index.remove(byId(requests, best.get().jobId().value()));
        }
        return served;
    }

    private static RestorationRequest byId(List<RestorationRequest> requests, String id) {
        return requests.stream()
                .filter(request -> request.jobId().value().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
