package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.OutputFormat.Container;
import io.flexir.contracts.work.Rejection;
import io.flexir.worker.image.ImageDecoder;
import io.flexir.worker.image.ImageFile;
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
import java.time.Duration;

import javax.imageio.ImageIO;

class AdmitStepTest {
    private static final int TOO_WIDE_FOR_JPEG = 65_536;

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
    void a_format_that_cannot_hold_the_result_is_refused_before_it_is_made() throws IOException {
        Job jpeg = Jobs.job(new OutputFormat(Container.JPEG, 92), null);

        Step<Job> admitted = admit(jpeg);

        assertThat(((Step.Ended<Job>) admitted).end())
                .isInstanceOfSatisfying(
                        JobEnd.Rejected.class,
                        rejected -> {
                            assertThat(rejected.rejection().reason())
                                    .isEqualTo(Rejection.Reason.TOO_LARGE);
                            assertThat(rejected.rejection().detail())
                                    .contains("JPEG holds at most 65535", "Ask for PNG");
                        });
    }

    @Test
    void one_that_can_is_not() throws IOException {
        Job png = Jobs.job();

        assertThat(admit(png)).isEqualTo(Step.done(png));
        png.end();
    }

    private Step<Job> admit(Job job) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        BufferedImage wide = new BufferedImage(TOO_WIDE_FOR_JPEG, 1, BufferedImage.TYPE_BYTE_GRAY);
        ImageIO.write(wide, "png", file);
        ImageFile opened =
                (ImageFile) new ImageDecoder(ImageLimits.DEFAULT).open(file.toByteArray());
        ImageMemory memory =
                new ImageMemory(1L << 30, Duration.ofMinutes(1), System::nanoTime, () -> {});
        Models models = new Models(directory, ChangedModel.emptyCache(directory), sessions, 1);
        return new AdmitStep(ImageLimits.DEFAULT, models, engine, memory)
                .run(job, file.size(), opened);
    }
}
