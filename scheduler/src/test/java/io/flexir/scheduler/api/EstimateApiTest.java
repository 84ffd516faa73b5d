package io.flexir.scheduler.api;

import static io.flexir.scheduler.api.RunningApi.json;
import static io.flexir.scheduler.api.Samples.START;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.control.ControlRecord.ChangePolicy;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.JobId;
import io.flexir.scheduler.dispatch.PolicyBook;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EstimateApiTest {
    private static final Offset<Double> EXACTLY = within(1e-9);

    /** A thousand by a thousand pixels; a stem of 100, stages of 1000 and branches of 200 MACs. */
    private static final String IMAGE = "\"imageSize\": {\"width\": 1000, \"height\": 1000}";

    private final RunningApi api = RunningApi.open();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void a_fixed_pointer_costs_what_its_stages_do() {
        JsonNode estimate = estimate("\"depth\": {\"kind\": \"fixed\", \"pointer\": 2}");

        assertThat(estimate.path("pointer").asInt()).isEqualTo(2);
        assertThat(estimate.at("/cost/gigaMacs").asDouble()).isEqualTo(2.3, EXACTLY);
        assertThat(estimate.at("/fullDepth/gigaMacs").asDouble()).isEqualTo(6.3, EXACTLY);
        assertThat(estimate.path("psnr").asDouble()).isEqualTo(29);
        assertThat(estimate.at("/cost/money").asDouble())
                .isEqualTo(estimate.at("/cost/seconds").asDouble() * 0.10 / 3600, EXACTLY);
        assertThat(estimate.path("currency").asText()).isEqualTo("USD");
        assertThat(estimate.at("/cost").has("joules")).as("nothing was measured").isFalse();
    }

    @Test
    void automatic_depth_goes_as_deep_as_the_policy_lets_it_now() {
        api.policy.change(new ChangePolicy(PolicyBook.NAME, new BudgetPolicy.Fixed(4), START));
        assertThat(estimate("\"floor\": 1").path("pointer").asInt()).isEqualTo(4);

        api.policy.change(
                new ChangePolicy(PolicyBook.NAME, new BudgetPolicy.Fixed(2), START.plusSeconds(1)));
        assertThat(estimate("\"floor\": 1").path("pointer").asInt()).isEqualTo(2);
        assertThat(estimate("\"floor\": 3").path("pointer").asInt()).isEqualTo(3);
        assertThat(estimate("\"target\": 1").path("pointer").asInt()).isEqualTo(1);
    }

    @Test
    void a_thousand_images_cost_a_thousand_times_as_much() {
        JsonNode one = estimate("\"images\": 1");
        JsonNode many = estimate("\"images\": 1000");

        assertThat(many.at("/cost/gigaMacs").asDouble())
                .isEqualTo(1000 * one.at("/cost/gigaMacs").asDouble(), within(1e-6));
        assertThat(many.path("images").asInt()).isEqualTo(1000);
    }

    @Test
    void time_is_told_while_workers_are_ready_and_counts_what_waits() {
        assertThat(estimate("\"deadlineSeconds\": 9").has("seconds")).isFalse();

        api.view.apply(Samples.heartbeat("w1", START));
        JsonNode idle = estimate("\"deadlineSeconds\": 9");
        assertThat(idle.path("slots").asInt()).isEqualTo(2);
        double alone = idle.at("/seconds/least").asDouble();
        assertThat(alone).isEqualTo(idle.at("/cost/seconds").asDouble(), EXACTLY);
        assertThat(idle.path("onTime").asBoolean()).isTrue();

        for (int job = 0; job < 50; job++) {
            api.view.apply(Samples.queued("a" + job, START));
        }
        JsonNode busy = estimate("\"deadlineSeconds\": " + alone);
        assertThat(busy.at("/seconds/least").asDouble()).isGreaterThan(alone);
        assertThat(busy.at("/seconds/most").asDouble())
                .isGreaterThan(busy.at("/seconds/least").asDouble());
        assertThat(busy.path("onTime").asBoolean()).isFalse();
    }

    @Test
    void energy_is_told_once_images_have_drawn_some() {
        api.book.add(
                new Outcome.Restored(
                        new JobId("j"), Samples.TENANT, START, Samples.receipt("j"), false, false));

        JsonNode estimate = estimate("\"floor\": 1");

        // 10 J in 1.5 s.
        assertThat(estimate.at("/cost/joules").asDouble())
                .isEqualTo(estimate.at("/cost/seconds").asDouble() * 10 / 1.5, within(1e-6));
    }

    private JsonNode estimate(String more) {
        var answer =
                api.post(
                        "/v1/estimates",
                        "{\"model\": \"" + Samples.MODEL + "\", " + IMAGE + ", " + more + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }
}
