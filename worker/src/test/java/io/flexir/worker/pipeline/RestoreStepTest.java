package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.bundle.Task;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.GrantedModel;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.worker.image.Decoded;
import io.flexir.worker.image.ImageDecoder;
import io.flexir.worker.image.ImageFormat;
import io.flexir.worker.image.ImageLimits;
import io.flexir.worker.restore.EngineSettings;
import io.flexir.worker.restore.RestorationEngine;
import io.flexir.worker.restore.model.ModelSessions;
import io.flexir.worker.restore.model.RuntimeSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

class RestoreStepTest {
    private static final int SIDE = 32;

    @TempDir private Path directory;

    private final ModelSessions sessions = new ModelSessions(new RuntimeSettings(2, 1, false, 1));
    private final RestorationEngine engine =
            new RestorationEngine(EngineSettings.DEFAULT, System::nanoTime);

    @AfterEach
    void close() {
        engine.close();
        sessions.close();
    }

    @Test
    void a_job_whose_model_cannot_be_run_has_failed_and_is_not_begun_again() throws IOException {
        // Its graphs give a quarter of the pixels that it promises.
        String digest = ChangedModel.in(directory, manifest -> manifest.put("scale", 2));
        Models models = new Models(directory, ChangedModel.emptyCache(directory), sessions, 1);
        RestoreStep restore = new RestoreStep(models, engine, new FinishForecast());

        Step<RestoredPicture> restored = restore.run(Jobs.job(), chosen(digest));

        assertThat(((Step.Ended<RestoredPicture>) restored).end())
                .isInstanceOfSatisfying(
                        JobEnd.Failed.class,
                        failed -> {
                            assertThat(failed.failure().reason()).isEqualTo(Failure.Reason.ENGINE);
                            assertThat(failed.failure().detail())
                                    .contains("branch-1.onnx of bundle denoise-color-25-s");
                        });
    }

    private static Chosen chosen(String digest) throws IOException {
        GrantedModel model =
                new GrantedModel(
                        "denoise-color-25-s",
                        digest,
                        new Task.Denoise(25, 25),
                        new PointerBudget(1, 6));
        return new Chosen(picture(), model, null);
    }

    private static Picture picture() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR), "png", file);
        Decoded decoded =
                (Decoded) new ImageDecoder(ImageLimits.DEFAULT).decode(file.toByteArray());
        return new Picture(
                new Origin(Jobs.INPUT, file.size(), ImageFormat.PNG, new ImageSize(SIDE, SIDE)),
                decoded.image());
    }
}
