package io.flexir.ops.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.flexir.ops.generated.api.FleetApi;
import io.flexir.ops.generated.api.JobsApi;
import io.flexir.ops.generated.model.Batch;
import io.flexir.ops.generated.model.BatchSubmission;
import io.flexir.ops.generated.model.BatchSubmissionInput;
import io.flexir.ops.generated.model.BudgetPolicy;
import io.flexir.ops.generated.model.CostRow;
import io.flexir.ops.generated.model.Depth;
import io.flexir.ops.generated.model.EstimateRequest;
import io.flexir.ops.generated.model.Feedback;
import io.flexir.ops.generated.model.ImageSize;
import io.flexir.ops.generated.model.Input;
import io.flexir.ops.generated.model.Job;
import io.flexir.ops.generated.model.JobEstimate;
import io.flexir.ops.generated.model.JobState;
import io.flexir.ops.generated.model.JobSubmission;
import io.flexir.ops.generated.model.Model;
import io.flexir.ops.generated.model.ObjectReference;
import io.flexir.ops.generated.model.PolicyInForce;
import io.flexir.ops.generated.model.Problem;
import io.flexir.ops.generated.model.Upload;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.stack.LocalStack;
import io.flexir.ops.local.stack.StackSettings;
import io.flexir.ops.local.stack.Workforce;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import javax.imageio.ImageIO;

/**
 * A property that the document does not declare, or of another type, fails here as it would at a
 * user's.
 */
@Tag("full")
@Timeout(300)
class GeneratedClientTest {
    private static final String MODEL = "denoise-color-25-s";
    private static final Path PHOTO = Path.of("..", "samples", "dog.png");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON =
            ApiClient.createDefaultObjectMapper()
                    .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true);

    private static LocalStack stack;
    private static JobsApi jobs;
    private static FleetApi fleet;
    private static byte[] photo;

    @BeforeAll
    static void start() throws IOException {
        photo = Files.readAllBytes(PHOTO);
        stack =
                LocalStack.start(
                        new StackSettings(
                                DataDirectory.temporary(),
                                Path.of("target", "fleet.log"),
                                Ports.ANY,
                                1,
                                Workforce.of(1),
                                Path.of("..", "models"),
                                StackSettings.FULL_DEPTH));
        ApiClient client = clientWith(stack.infrastructure().key().value());
        jobs = new JobsApi(client);
        fleet = new FleetApi(client);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void a_photo_sent_along_comes_back_restored_and_its_receipt_says_what_it_cost()
            throws Exception {
        Job job = ended(jobs.submitJob(inline().depth(fixed(2)), null));

        assertThat(job.getState()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.getReceipt().getDeepestPointer()).isEqualTo(2);
        assertThat(job.getReceipt().getGigaMacs()).isPositive();
        assertThat(job.getReceipt().getRegions()).isNotEmpty();
        BufferedImage restored = picture(jobs.getJobImages(job.getId()).getResult());
        BufferedImage input = ImageIO.read(new ByteArrayInputStream(photo));
        assertThat(restored.getWidth()).isEqualTo(input.getWidth());
        assertThat(restored.getHeight()).isEqualTo(input.getHeight());
        assertThat(jobs.listJobs(List.of(JobState.SUCCEEDED), MODEL, null, null, null).getJobs())
                .extracting(Job::getId)
                .contains(job.getId());
    }

    @Test
    void the_same_submission_under_the_same_key_is_the_same_job() throws Exception {
        String key = UUID.randomUUID().toString();

        ApiResponse<Job> first = jobs.submitJobWithHttpInfo(inline().depth(fixed(1)), key);
        ApiResponse<Job> second = jobs.submitJobWithHttpInfo(inline().depth(fixed(1)), key);

        assertThat(first.getStatusCode()).isEqualTo(202);
        assertThat(second.getStatusCode()).isEqualTo(200);
        assertThat(second.getData().getId()).isEqualTo(first.getData().getId());
    }

    @Test
    void an_uploaded_photo_is_restored_one_by_one_and_as_a_batch() throws Exception {
        ObjectReference uploaded = upload();

        Job job =
                ended(
                        jobs.submitJob(
                                new JobSubmission()
                                        .input(
                                                new Input()
                                                        .bucket(uploaded.getBucket())
                                                        .key(uploaded.getKey()))
                                        .depth(fixed(1)),
                                null));
        Batch batch = endedBatch(uploaded);

        assertThat(job.getState()).isEqualTo(JobState.SUCCEEDED);
        assertThat(batch.getTotal()).isEqualTo(1);
        assertThat(batch.getStates().getSucceeded()).isEqualTo(1);
    }

    @Test
    void an_estimate_is_what_such_a_job_then_costs() throws Exception {
        BufferedImage size = ImageIO.read(new ByteArrayInputStream(photo));
        JobEstimate estimate =
                jobs.estimateJob(
                        new EstimateRequest()
                                .model(MODEL)
                                .depth(fixed(1))
                                .imageSize(
                                        new ImageSize()
                                                .width(size.getWidth())
                                                .height(size.getHeight())));

        Job job = ended(jobs.submitJob(inline().depth(fixed(1)), null));

        assertThat(estimate.getPointer()).isEqualTo(1);
        assertThat(estimate.getCost().getGigaMacs())
                .isCloseTo(job.getReceipt().getGigaMacs(), within(new BigDecimal("1e-6")));
        CostRow total = fleet.getCosts(null, null, "task", null).getTotal();
        assertThat(total.getImages()).isPositive();
        assertThat(total.getFullDepth().getGigaMacs()).isGreaterThan(total.getGigaMacs());
    }

    @Test
    void the_fleet_tells_of_its_models_workers_and_policy_and_takes_another_policy()
            throws Exception {
        Model model =
                fleet.listModels().getModels().stream()
                        .filter(one -> one.getName().equals(MODEL))
                        .findFirst()
                        .orElseThrow();
        assertThat(model.getPointers()).hasSize(model.getN());
        assertThat(fleet.listWorkers().getWorkers()).hasSize(1);
        assertThat(fleet.getQuality().getModels()).isNotEmpty();
        assertThat(fleet.getFleet().getPools()).isNotEmpty();
        assertThat(fleet.listExperiments().getExperiments()).isEmpty();
        assertThat(fleet.listDeadLetters(null, null).getLetters()).isEmpty();

        fleet.putPolicy(new BudgetPolicy().kind(BudgetPolicy.KindEnum.FIXED).pointer(3));

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> {
                            PolicyInForce now = fleet.getPolicy();
                            assertThat(now.getPolicy().getPointer()).isEqualTo(3);
                            assertThat(now.getConfigured()).isFalse();
                        });
        fleet.resetPolicy();
    }

    @Test
    void a_job_is_rated_and_cancelled() throws Exception {
        Job job = ended(jobs.submitJob(inline().depth(fixed(1)), null));

        ApiResponse<Void> rated = jobs.rateJobWithHttpInfo(job.getId(), new Feedback().rating(5));
        Job purged = jobs.cancelJob(job.getId(), true);

        assertThat(rated.getStatusCode()).isBetween(200, 204);
        assertThat(purged.getId()).isEqualTo(job.getId());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(refusal(() -> jobs.getJob(job.getId())).getStatus())
                                        .isEqualTo(404));
    }

    @Test
    void refusals_are_problems_that_say_why() throws Exception {
        Problem unknownModel = refusal(() -> jobs.submitJob(inline().model("nothing"), null));
        Problem tooDeep = refusal(() -> jobs.submitJob(inline().depth(fixed(0)), null));
        JobsApi stranger = new JobsApi(clientWith("flx_nobody"));
        Problem unknownKey = refusal(() -> stranger.listJobs(null, null, null, null, null));

        assertThat(unknownModel.getStatus()).isEqualTo(422);
        assertThat(unknownModel.getType()).isNotBlank();
        assertThat(tooDeep.getErrors()).isNotEmpty();
        assertThat(unknownKey.getStatus()).isEqualTo(401);
    }

    private static ApiClient clientWith(String key) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(stack.address().toString());
        client.setObjectMapper(JSON);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + key));
        return client;
    }

    private static JobSubmission inline() {
        return new JobSubmission()
                .input(new Input().data(Base64.getEncoder().encodeToString(photo)))
                .model(MODEL);
    }

    private static Depth fixed(int pointer) {
        return new Depth().kind(Depth.KindEnum.FIXED).pointer(pointer);
    }

    private static Job ended(Job job) {
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> jobs.getJob(job.getId()),
                        now ->
                                List.of(
                                                JobState.SUCCEEDED,
                                                JobState.FAILED,
                                                JobState.REJECTED,
                                                JobState.CANCELLED)
                                        .contains(now.getState()));
    }

    private static Batch endedBatch(ObjectReference uploaded) throws ApiException {
        String id =
                jobs.submitBatch(
                                new BatchSubmission()
                                        .input(
                                                new BatchSubmissionInput()
                                                        .bucket(uploaded.getBucket())
                                                        .prefix(uploaded.getKey()))
                                        .depth(fixed(1)),
                                null)
                        .getId();
        return await().atMost(Duration.ofMinutes(2))
                .until(() -> jobs.getBatch(id), Batch::getEnded);
    }

    private static ObjectReference upload() throws Exception {
        Upload upload = jobs.createUpload();
        HttpResponse<String> answer =
                HTTP.send(
                        HttpRequest.newBuilder(upload.getUrl())
                                .method(
                                        upload.getMethod().getValue(),
                                        BodyPublishers.ofByteArray(photo))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return upload.getInput();
    }

    private static BufferedImage picture(URI address) throws Exception {
        return ImageIO.read(
                new ByteArrayInputStream(
                        HTTP.send(
                                        HttpRequest.newBuilder(address).build(),
                                        BodyHandlers.ofByteArray())
                                .body()));
    }

    private static Problem refusal(Call call) throws IOException {
        ApiException refused = catchThrowableOfType(ApiException.class, call::answer);
        Problem problem = JSON.readValue(refused.getResponseBody(), Problem.class);
        assertThat(problem.getStatus()).isEqualTo(refused.getCode());
        return problem;
    }

    /** One operation of the client. */
    private interface Call {
        Object answer() throws ApiException;
    }
}
