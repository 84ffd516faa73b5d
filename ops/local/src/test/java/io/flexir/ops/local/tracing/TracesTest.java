package io.flexir.ops.local.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.ops.local.quality.GaussianNoise;
import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One trace for each job, over HTTP, broker, scheduler, worker and store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
@Isolated("reads the log")
class TracesTest {
    private static final String CLIENT = "00f067aa0ba902b7";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TraceReceiver receiver = new TraceReceiver();
    private final ListAppender<ILoggingEvent> log =
            new ListAppender<>() {
                @Override
                protected void append(ILoggingEvent event) {
                    // It would else ask whoever looks at it for the fields of its thread.
                    event.prepareForDeferredProcessing();
                    super.append(event);
                }
            };
    private TracedFleet fleet;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        fleet = new TracedFleet(true, receiver, Files.createDirectory(directory.resolve("models")));
        log.start();
        logger().addAppender(log);
    }

    @AfterAll
    void stop() {
        logger().detachAppender(log);
        fleet.close();
        receiver.close();
    }

    @Test
    void a_job_is_one_trace_under_its_client_over_every_hop() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        JsonNode submitted = submit(trace, TracedFleet.MODEL);
        JsonNode job = fleet.ended(submitted.path("id").asText());

        List<SeenSpan> spans = whole(trace);
        assertThat(job.path("state").asText()).isEqualTo("succeeded");
        assertThat(spans.stream().filter(span -> span.name().equals("POST /v1/jobs")))
                .singleElement()
                .satisfies(
                        span -> {
                            assertThat(span.parentId()).isEqualTo(CLIENT);
                            assertThat(span.kind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
                            assertThat(span.attributes())
                                    .containsEntry("http.request.method", "POST")
                                    .containsEntry("http.route", "/v1/jobs")
                                    .containsEntry("http.response.status_code", "202");
                        });
        assertThat(edges(spans))
                .contains(
                        "S3/PutObject < POST /v1/jobs",
                        "S3/HeadObject < POST /v1/jobs",
                        "send flexir.requests.v1 < POST /v1/jobs",
                        "process flexir.requests.v1 < send flexir.requests.v1",
                        "send flexir.work.cpu.v1 < process flexir.requests.v1",
                        "process flexir.work.cpu.v1 < send flexir.work.cpu.v1",
                        "fetching < process flexir.work.cpu.v1",
                        "S3/GetObject < fetching",
                        "decoding < process flexir.work.cpu.v1",
                        "restoring < process flexir.work.cpu.v1",
                        "encoding < process flexir.work.cpu.v1",
                        "storing < process flexir.work.cpu.v1",
                        "S3/PutObject < storing",
                        "S3/PutObject < process flexir.work.cpu.v1",
                        "send flexir.reports.v1 < process flexir.work.cpu.v1",
                        "process flexir.reports.v1 < send flexir.reports.v1",
                        "send flexir.outcomes.v1 < process flexir.reports.v1");
        assertThat(spans).noneMatch(SeenSpan::failed);
        assertThat(spans.stream().filter(span -> span.name().contains("flexir.work")))
                .extracting(SeenSpan::service, SeenSpan::kind)
                .containsExactlyInAnyOrder(
                        tuple("flexir-scheduler", SpanKind.SPAN_KIND_PRODUCER),
                        tuple("flexir-worker", SpanKind.SPAN_KIND_CONSUMER));
        assertThat(of(spans, "process flexir.work.cpu.v1").getFirst().attributes())
                .containsEntry("messaging.system", "kafka")
                .containsEntry("messaging.destination.name", "flexir.work.cpu.v1")
                .containsEntry("messaging.operation.type", "process")
                .containsEntry("messaging.kafka.message.key", job.path("id").asText())
                .containsKeys("messaging.kafka.offset", "messaging.destination.partition.id");
    }

    @Test
    void the_job_its_receipt_and_the_log_name_the_trace() throws Exception {
        String trace = "5bf92f3577b34da6a3ce929d0e0e4736";

        JsonNode submitted = submit(trace, TracedFleet.MODEL);
        JsonNode job = fleet.ended(submitted.path("id").asText());

        assertThat(submitted.path("traceId").asText()).isEqualTo(trace);
        assertThat(job.path("traceId").asText()).isEqualTo(trace);
        assertThat(job.path("receipt").path("traceId").asText()).isEqualTo(trace);
        String ended = "order ended job=" + job.path("id").asText();
        await().until(() -> lines(ended).size() == 1);
        assertThat(lines(ended).getFirst().getMDCPropertyMap())
                .containsEntry("trace_id", trace)
                .containsEntry(
                        "span_id",
                        of(whole(trace), "process flexir.work.cpu.v1").getFirst().spanId());
    }

    @Test
    void a_job_that_is_tried_again_is_one_trace_with_both_tries() throws Exception {
        String trace = "6bf92f3577b34da6a3ce929d0e0e4736";

        String id = submit(trace, "sr-x2-s").path("id").asText();
        fleet.await(
                id,
                job ->
                        job.path("attempt").asInt() == 1
                                && job.path("state").asText().equals("queued"));
        fleet.give("sr-x2-s");
        JsonNode job = fleet.ended(id);

        List<SeenSpan> spans = whole(trace);
        assertThat(job.path("state").asText()).isEqualTo("succeeded");
        assertThat(job.path("attempt").asInt()).isEqualTo(2);
        assertTries(spans, 2);
        assertThat(of(spans, "process flexir.work.cpu.v1"))
                .extracting(SeenSpan::failed)
                .containsExactlyInAnyOrder(true, false);
    }

    @Test
    void a_job_that_fails_is_one_trace_that_says_why() throws Exception {
        String trace = "7bf92f3577b34da6a3ce929d0e0e4736";

        String id = submit(trace, "jpeg-color-s").path("id").asText();
        JsonNode job = fleet.ended(id);

        List<SeenSpan> spans = whole(trace);
        assertThat(job.path("state").asText()).isEqualTo("failed");
        assertThat(job.path("traceId").asText()).isEqualTo(trace);
        assertTries(spans, job.path("attempt").asInt());
        assertThat(of(spans, "process flexir.work.cpu.v1"))
                .hasSizeGreaterThan(1)
                .allMatch(SeenSpan::failed)
                .allSatisfy(
                        span ->
                                assertThat(span.attributes())
                                        .containsEntry("error.type", "ENGINE"));
    }

    /** Every order comes from the job's admission, and every report from its order. */
    private static void assertTries(List<SeenSpan> spans, int tries) {
        assertThat(edges(spans).stream().filter(edge -> edge.contains("flexir.")))
                .filteredOn(edge -> !edge.contains("POST") && !edge.startsWith("S3"))
                .filteredOn(edge -> !edge.contains("ing <"))
                .hasSize(4 * tries + 2)
                .contains(
                        "process flexir.requests.v1 < send flexir.requests.v1",
                        "send flexir.outcomes.v1 < process flexir.reports.v1");
        for (String hop :
                List.of(
                        "send flexir.work.cpu.v1 < process flexir.requests.v1",
                        "process flexir.work.cpu.v1 < send flexir.work.cpu.v1",
                        "send flexir.reports.v1 < process flexir.work.cpu.v1",
                        "process flexir.reports.v1 < send flexir.reports.v1")) {
            assertThat(edges(spans)).filteredOn(hop::equals).as(hop).hasSize(tries);
        }
    }

    /** A trace once its job's outcome is out, and no span is missing between. */
    private List<SeenSpan> whole(String trace) {
        return await().atMost(PATIENCE)
                .until(
                        () -> receiver.spansOf(trace),
                        spans ->
                                !of(spans, "send flexir.outcomes.v1").isEmpty()
                                        && edges(spans).stream()
                                                .noneMatch(edge -> edge.endsWith("< nobody")));
    }

    private JsonNode submit(String trace, String model) throws Exception {
        return fleet.submit(image(), model, "00-" + trace + "-" + CLIENT + "-01");
    }

    private static List<SeenSpan> of(List<SeenSpan> spans, String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    /** Each span with the one that it is under; the client's own is not exported. */
    private static List<String> edges(List<SeenSpan> spans) {
        Map<String, SeenSpan> byId =
                spans.stream().collect(Collectors.toMap(SeenSpan::spanId, Function.identity()));
        return spans.stream()
                .map(span -> span.name() + " < " + nameOf(span.parentId(), byId))
                .toList();
    }

    private static String nameOf(String spanId, Map<String, SeenSpan> byId) {
        SeenSpan span = byId.get(spanId);
        if (span != null) {
            return span.name();
        }
        return spanId.equals(CLIENT) ? "client" : "nobody";
    }

    private List<ILoggingEvent> lines(String beginning) {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getFormattedMessage().startsWith(beginning))
                .toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("io.flexir");
    }

    static byte[] image() {
        return ImageFiles.encodePng(
                new GaussianNoise(25, 7).addedTo(new RgbImage(64, 48, new byte[64 * 48 * 3])));
    }
}
