package io.flexir.scheduler.api.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.wire.DeadLetter;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.scheduler.access.Routes;
import io.flexir.scheduler.api.Samples;
import io.flexir.scheduler.api.submit.JobIds;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Map;

class ReplayTest {
    private static final MessageCodec CODEC = new MessageCodec();
    private static final RestorationRequest REQUEST =
            Samples.queued("a-job", Samples.START).request();
    private static final byte[] BYTES = CODEC.encode(REQUEST);
    private static final String ROUTE = "museum.requests";

    @Test
    void a_request_that_lacked_nothing_but_its_type_is_written_under_its_job() {
        Replay replay = replay(Topics.REQUESTS, null, BYTES, Routes.NONE);

        assertThat(replay)
                .isEqualTo(
                        new Replay.Write(
                                MessageType.REQUEST,
                                new JobId("a-job"),
                                new JobId("a-job"),
                                REQUEST));
    }

    @Test
    void a_request_of_a_version_that_nobody_knows_stays_where_it_is() {
        Replay replay = replay(Topics.REQUESTS, "io.flexir.request.v99", BYTES, Routes.NONE);

        assertThat(replay)
                .isInstanceOfSatisfying(
                        Replay.Refused.class,
                        refused -> assertThat(refused.reason()).contains("v99"));
    }

    @Test
    void a_request_from_a_topic_that_is_its_tenants_now_is_the_job_that_it_would_have_been() {
        Routes routes = new Routes("group", Map.of(ROUTE, REQUEST.tenant()));

        Replay replay = replay(ROUTE, MessageType.REQUEST.eventType(), BYTES, routes);

        assertThat(replay)
                .isInstanceOfSatisfying(
                        Replay.Write.class,
                        write ->
                                assertThat(write.jobId())
                                        .isEqualTo(JobIds.of(REQUEST.tenant(), "a-job")));
    }

    @Test
    void a_request_of_another_tenant_than_its_topics_is_refused() {
        Routes routes = new Routes("group", Map.of(ROUTE, new TenantId("another")));

        Replay replay = replay(ROUTE, MessageType.REQUEST.eventType(), BYTES, routes);

        assertThat(replay).isInstanceOf(Replay.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {ROUTE, Topics.CONTROL, Topics.JOBS})
    void a_record_of_a_topic_without_a_reader_of_requests_reports_or_orders_is_refused(
            String topic) {
        assertThat(replay(topic, null, BYTES, Routes.NONE)).isInstanceOf(Replay.Refused.class);
    }

    @Test
    void a_record_that_is_no_message_is_refused_with_the_reason() {
        Replay replay = replay(Topics.work("cpu"), null, BYTES, Routes.NONE);

        assertThat(replay).isInstanceOf(Replay.Refused.class);
    }

    @Test
    void a_record_that_was_cut_off_is_refused_although_its_start_could_be_read() {
        byte[] padded = Arrays.copyOf(BYTES, DeadLetter.MAX_BYTES + 1);
        Arrays.fill(padded, BYTES.length, padded.length, (byte) ' ');

        Replay replay = replay(Topics.REQUESTS, null, padded, Routes.NONE);

        assertThat(replay)
                .isInstanceOfSatisfying(
                        Replay.Refused.class,
                        refused -> assertThat(refused.reason()).contains("alone"));
    }

    private static Replay replay(String topic, @Nullable String type, byte[] value, Routes routes) {
        DeadLetter letter =
                DeadLetter.of(
                        new DeadLetter.Origin(topic, 0, 1, null, type),
                        "for a reason",
                        value,
                        Samples.START);
        return Replay.of(letter, routes, CODEC);
    }
}
