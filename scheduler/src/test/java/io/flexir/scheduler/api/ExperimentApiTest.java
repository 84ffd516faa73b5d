package io.flexir.scheduler.api;

import static io.flexir.scheduler.api.RunningApi.json;
import static io.flexir.scheduler.api.Samples.START;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.control.ControlRecord.RateJob;
import io.flexir.contracts.control.ControlRecord.RunExperiment;
import io.flexir.contracts.control.Experiment;
import io.flexir.contracts.control.Experiment.Variant;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Trial;
import io.flexir.contracts.request.JobId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.util.List;

class ExperimentApiTest {
    private final RunningApi api = RunningApi.open();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void results_show_each_variants_figures_with_intervals() {
        run("dial");
        ended("a", new Trial("dial", "live", null, null));
        ended("b", new Trial("dial", "live", null, null));
        ended("c", new Trial("dial", "shadow", 2, 4.0));
        ended("d", new Trial("another", "live", null, null));
        api.feedback.put(new RateJob(new JobId("a"), Samples.TENANT, 5, 31.0, START));
        api.feedback.put(new RateJob(new JobId("b"), Samples.TENANT, 4, null, START));

        JsonNode results = json(api.get("/v1/experiments/dial")).path("results");

        assertThat(results.at("/0/variant").asText()).isEqualTo("live");
        assertThat(results.at("/0/jobs").asInt()).isEqualTo(2);
        assertThat(results.at("/0/rating/mean").asDouble()).isEqualTo(4.5);
        assertThat(results.at("/0/rating/low").asDouble()).isLessThan(4.5);
        assertThat(results.at("/0/psnr/samples").asInt()).isEqualTo(1);
        assertThat(results.at("/0/psnr").has("low")).isFalse();
        assertThat(results.at("/0/gigaMacs/mean").asDouble()).isEqualTo(12.5);
        assertThat(results.at("/0").has("onTime")).isFalse();
        assertThat(results.at("/1/jobs").asInt()).isEqualTo(1);
        assertThat(results.at("/1/gigaMacs/mean").asDouble()).isEqualTo(4);
        assertThat(results.at("/1").has("rating")).isFalse();
    }

    @Test
    void a_second_experiment_has_to_wait_for_the_end_of_the_first() {
        run("dial");

        HttpResponse<String> response =
                api.put(
                        "/v1/experiments/other",
                        "{\"variants\":[{\"name\":\"a\",\"weight\":1},{\"name\":\"b\",\"weight\":1}]}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(409);
        assertThat(json(response).path("detail").asText())
                .isEqualTo("Experiment dial runs: end it first.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'variants':[{'name':'a','weight':1}]} | variants",
                "{'variants':[{'name':'a','weight':1},{'name':'a','weight':1}]} | variants",
                "{'variants':[{'name':'a','weight':0},{'name':'b','weight':1}]} | weight",
                "{'variants':[{'name':'a','weight':1,'shadow':true},{'name':'b','weight':1}]} | shadow",
                "{'variants':[{'name':'a','weight':1,'policy':{'kind':'luck'}},{'name':'b','weight':1}]} | policy",
            })
    void an_experiment_that_makes_no_sense_is_refused(String body, String field) {
        HttpResponse<String> response = api.put("/v1/experiments/dial", body.replace('\'', '"'));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains(field);
    }

    @Test
    void what_has_no_result_cannot_be_rated_and_what_does_not_exist_cannot_be_promoted() {
        api.view.apply(Samples.queued("waiting", START));
        api.view.apply(Samples.failed("broken", START));

        assertThat(api.post("/v1/jobs/waiting/feedback", "{\"rating\":4}").statusCode())
                .isEqualTo(409);
        assertThat(api.post("/v1/jobs/broken/feedback", "{\"rating\":4}").statusCode())
                .isEqualTo(409);
        assertThat(api.post("/v1/jobs/waiting/feedback", "{\"rating\":6}").statusCode())
                .isEqualTo(400);
        assertThat(api.post("/v1/experiments/none/promotion", "{\"variant\":\"a\"}").statusCode())
                .isEqualTo(404);
    }

    private void run(String name) {
        Variant live = new Variant("live", 1, false, null, null, null);
        Variant shadow = new Variant("shadow", 1, true, new BudgetPolicy.Gain(), null, null);
        api.experiments.put(
                new RunExperiment(name, new Experiment(List.of(live, shadow), null), START));
    }

    private void ended(String id, Trial trial) {
        JobView view = Samples.succeeded(id, START);
        api.view.apply(
                new JobView(
                        view.request(),
                        view.state(),
                        view.attempt(),
                        view.budget(),
                        view.scheduledAt(),
                        view.outcome(),
                        trial,
                        view.updatedAt()));
    }
}
