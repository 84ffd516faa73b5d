package io.flexir.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.worker.config.ComputeSettings;
import io.flexir.worker.config.ImageSettings;
import io.flexir.worker.config.KafkaSettings;
import io.flexir.worker.config.ManagementSettings;
import io.flexir.worker.config.Secret;
import io.flexir.worker.config.StoreSettings;
import io.flexir.worker.config.Timing;
import io.flexir.worker.config.WorkerConfig;
import io.flexir.worker.kafka.EventProducer;
import io.flexir.worker.metrics.WorkerMetrics;
import io.flexir.worker.tracing.Tracing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

@Timeout(60)
class IntakeVerticleTest {
    /** Nobody is there. */
    private static final KafkaSettings KAFKA = KafkaSettings.plain("127.0.0.1:9");

    private final Vertx vertx = Vertx.vertx();
    private final EventProducer producer = new EventProducer(KAFKA, "w1");

    @AfterEach
    void close() {
        vertx.close().await();
        producer.close();
    }

    @Test
    void is_not_alive_once_what_comes_before_the_first_order_has_failed() {
        Promise<Void> models = Promise.promise();
        IntakeVerticle verticle = verticle(models.future());
        vertx.deployVerticle(verticle).await();
        boolean before = verticle.isAlive();

        models.fail(new IllegalStateException("no models"));

        assertThat(before).isTrue();
        assertThat(verticle.isAlive()).isFalse();
    }

    @Test
    void what_is_given_up_because_it_stops_is_no_failure() {
        Promise<Void> models = Promise.promise();
        IntakeVerticle verticle = verticle(models.future());
        String id = vertx.deployVerticle(verticle).await();

        vertx.undeploy(id).await();
        models.fail(new IllegalStateException("closed"));

        assertThat(verticle.isAlive()).isTrue();
    }

    private IntakeVerticle verticle(Future<Void> before) {
        WorkerConfig config =
                new WorkerConfig(
                        "w1",
                        "cpu",
                        KAFKA,
                        new StoreSettings(
                                URI.create("http://127.0.0.1:9"),
                                "us-east-1",
                                "flexir",
                                Secret.of("swordfish"),
                                "flexir",
                                1000),
                        ComputeSettings.oneSlot(Path.of("models")),
                        ImageSettings.DEFAULT,
                        Timing.DEFAULT,
                        ManagementSettings.ANY_PORT);
        Intake intake =
                new Intake(
                        config,
                        delivery -> Settlement.DONE,
                        producer,
                        new WorkerMetrics(),
                        new IntakePause(),
                        Tracing.OFF,
                        Clock.systemUTC());
        return new IntakeVerticle(intake, () -> before, Duration.ZERO);
    }
}
