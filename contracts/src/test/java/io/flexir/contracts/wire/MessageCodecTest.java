package io.flexir.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flexir.contracts.control.ControlRecord;
import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.request.Terms;
import io.flexir.contracts.work.WorkerReport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

class MessageCodecTest {
    private static final String VALID =
            """
            {"jobId":"j-1","tenant":"t","input":{"bucket":"images","key":"a.png"},"model":"denoise-color-25-s",
             "submittedAt":"2026-01-02T03:04:05Z"}""";

    private final MessageCodec codec = new MessageCodec();

    @Test
    void a_request_survives_the_round_trip() {
        RestorationRequest request =
                new RestorationRequest(
                        new JobId("j-1"),
                        new TenantId("t"),
                        new ObjectReference("images", "a.png", null, "abc"),
                        "denoise-color-25-s",
                        new Depth.Adaptive(1.05),
                        Terms.DEFAULT,
                        OutputFormat.PNG,
                        new ImageSize(576, 576),
                        null,
                        Instant.parse("2026-01-02T03:04:05Z"));

        Decoded<RestorationRequest> decoded =
                codec.decode(
                        MessageType.REQUEST,
                        MessageType.REQUEST.eventType(),
                        codec.encode(request));

        assertThat(decoded).isEqualTo(new Decoded.Message<>(request));
    }

    @Test
    void what_a_producer_may_leave_out_gets_its_default() {
        Decoded<RestorationRequest> decoded =
                decode(VALID.replace("\"model\":\"denoise-color-25-s\",", ""));

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Message.class,
                        message -> {
                            RestorationRequest request = (RestorationRequest) message.value();
                            assertThat(request.choosesModel()).isTrue();
                            assertThat(request.depth()).isEqualTo(new Depth.Automatic());
                            assertThat(request.terms()).isEqualTo(Terms.DEFAULT);
                            assertThat(request.output()).isEqualTo(OutputFormat.PNG);
                        });
    }

    @Test
    void adaptive_inference_that_names_no_rule_goes_by_sharpness() {
        Decoded<RestorationRequest> decoded =
                decode(
                        VALID.replace(
                                "\"submittedAt\"",
                                "\"depth\":{\"kind\":\"adaptive\",\"threshold\":1.05},\"submittedAt\""));

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Message.class,
                        message ->
                                assertThat(((RestorationRequest) message.value()).depth())
                                        .isEqualTo(
                                                new Depth.Adaptive(1.05, AdaptiveRule.SHARPNESS)));
    }

    @Test
    void unknown_fields_are_ignored() {
        assertThat(decode(VALID.replace("{\"jobId\"", "{\"colour\":\"red\",\"jobId\"")))
                .isInstanceOf(Decoded.Message.class);
    }

    @Test
    void an_unknown_version_is_refused() {
        assertThat(
                        codec.decode(
                                MessageType.REQUEST,
                                "io.flexir.restoration-request.v2",
                                VALID.getBytes(UTF_8)))
                .isEqualTo(
                        new Decoded.Refused<>(
                                "ce_type must be io.flexir.restoration-request.v1, is io.flexir.restoration-request.v2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"jobId\":\"j-1\",      |  | jobId is missing",
                "\"j-1\"                 | \"../etc\" | jobId may hold",
                "\"bucket\":\"images\",  |  | input.bucket is missing",
                "\"images\"              | \"i\" | input.bucket must have at least 3",
                "\"submittedAt\"         | \"depth\":{\"kind\":\"bottomless\"},\"submittedAt\" | depth: is of unknown kind bottomless",
                "\"submittedAt\"         | \"depth\":{\"kind\":\"fixed\"},\"submittedAt\" | depth.pointer",
                "\"submittedAt\"         | \"depth\":{\"kind\":\"fixed\",\"pointer\":99},\"submittedAt\" | depth.pointer must be between 1 and 64, is 99",
                "\"submittedAt\"         | \"depth\":{\"kind\":\"fixed\",\"pointer\":\"3\"},\"submittedAt\" | depth.pointer",
                "\"submittedAt\"         | \"depth\":{\"kind\":\"adaptive\",\"threshold\":1e999},\"submittedAt\" | depth.threshold",
                "\"submittedAt\"         | \"depth\":{\"kind\":\"adaptive\",\"threshold\":1,\"rule\":\"luck\"},\"submittedAt\" | depth.rule",
                "\"submittedAt\"         | \"terms\":{\"priority\":\"royal\"},\"submittedAt\" | terms.priority",
                "2026-01-02T03:04:05Z    | yesterday | submittedAt",
                "}                       | | Unexpected end-of-input",
            })
    void what_is_wrong_is_refused_with_the_name_of_its_field(
            String part, String replacement, String reason) {
        String broken = VALID.replace(part, replacement == null ? "" : replacement);

        Decoded<RestorationRequest> decoded = decode(broken);

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Refused.class,
                        refused -> assertThat(refused.reason()).contains(reason));
    }

    @Test
    void a_report_of_an_unknown_class_is_refused() {
        Decoded<WorkerReport> decoded =
                codec.decode(
                        MessageType.REPORT,
                        MessageType.REPORT.eventType(),
                        "{\"kind\":\"vanished\"}".getBytes(UTF_8));

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Refused.class,
                        refused -> assertThat(refused.reason()).contains("unknown kind vanished"));
    }

    private Decoded<RestorationRequest> decode(String json) {
        return codec.decode(
                MessageType.REQUEST, MessageType.REQUEST.eventType(), json.getBytes(UTF_8));
    }

    @Test
    void what_older_workers_and_schedulers_leave_out_has_its_default() {
        String heartbeat =
                """
                {"workerId":"w","pool":"cpu","device":{"kind":"cpu","name":"x","threads":1},"state":"ready","slots":1,
                 "freeSlots":1,"models":[],"inFlight":[],"startedAt":"2026-01-02T03:04:05Z","at":"2026-01-02T03:04:05Z"}""";
        String activation =
                """
                {"kind":"bundle","name":"m","digest":"%s","at":"2026-01-02T03:04:05Z"}"""
                        .formatted("ab".repeat(32));

        assertThat(decoded(MessageType.HEARTBEAT, heartbeat).bundles()).isEmpty();
        assertThat(decoded(MessageType.CONTROL, activation))
                .isEqualTo(
                        new ControlRecord.ActivateBundle(
                                "m",
                                "ab".repeat(32),
                                null,
                                0.5,
                                Instant.parse("2026-01-02T03:04:05Z")));
    }

    private <T> T decoded(MessageType<T> type, String json) {
        Decoded<T> decoded = codec.decode(type, type.eventType(), json.getBytes(UTF_8));
        assertThat(decoded).isInstanceOf(Decoded.Message.class);
        return ((Decoded.Message<T>) decoded).value();
    }
}
