package io.flexir.scheduler.api.control;

import static io.flexir.scheduler.api.Samples.START;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.control.ControlRecord.RunExperiment;
import io.flexir.contracts.control.Experiment;
import io.flexir.contracts.control.Experiment.Variant;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Trial;
import io.flexir.scheduler.api.Samples;
import io.flexir.scheduler.api.submit.BrokerWriter;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.api.view.ViewLimits;
import io.flexir.scheduler.dispatch.ExperimentBook;
import io.flexir.scheduler.dispatch.FeedbackBook;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

class ExperimentControlTest {
    private static final Instant RESTART = START.plusSeconds(60);

    private final ExperimentBook experiments = new ExperimentBook();
    private final ReadView view =
            new ReadView(ViewLimits.DEFAULT, Samples.fleetWork(), () -> RESTART);
    private final BrokerWriter broker =
            new BrokerWriter(Map.of("bootstrap.servers", "127.0.0.1:9"));
    private final ExperimentControl control =
            new ExperimentControl(
                    experiments, new FeedbackBook(), view, broker, () -> RESTART.plusSeconds(60));

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void jobs_of_before_its_start_do_not_count() {
        ended("before", RESTART.minusMillis(5001));
        ended("first", RESTART);
        ended("second", RESTART.plusSeconds(1));

        assertThat(jobs(new RunExperiment("dial", experiment(null), RESTART))).isEqualTo(2);
    }

    @Test
    void what_has_a_winner_keeps_the_jobs_since_its_start() {
        ended("before", START);
        ended("first", RESTART);
        Instant won = RESTART.plusSeconds(3600);

        assertThat(jobs(new RunExperiment("dial", experiment("a"), won, RESTART))).isEqualTo(1);
        assertThat(jobs(new RunExperiment("dial", experiment("a"), won))).isEqualTo(2);
    }

    @Test
    void where_there_are_as_many_as_may_be_one_of_them_can_be_replaced() {
        for (int i = 1; i <= 20; i++) {
            experiments.put(new RunExperiment("dial-" + i, experiment("a"), START));
        }

        assertThat(control.obstacle("dial-7")).isEmpty();
        assertThat(control.obstacle("another")).contains("There are 20: delete some.");
    }

    private long jobs(RunExperiment run) {
        return control.results(run).getFirst().jobs();
    }

    private void ended(String id, Instant ordered) {
        JobView job = Samples.succeeded(id, START);
        view.apply(
                new JobView(
                        job.request(),
                        job.state(),
                        job.attempt(),
                        job.budget(),
                        ordered,
                        job.outcome(),
                        new Trial("dial", "a", null, null),
                        job.updatedAt()));
    }

    private static Experiment experiment(@Nullable String promoted) {
        return new Experiment(List.of(variant("a"), variant("b")), promoted);
    }

    private static Variant variant(String name) {
        return new Variant(name, 1, false, null, null, null);
    }
}
