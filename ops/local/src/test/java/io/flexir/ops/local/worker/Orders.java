package io.flexir.ops.local.worker;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.request.Terms;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.worker.restore.bundle.Bundle;
import io.flexir.worker.restore.bundle.BundleReader;
import io.flexir.worker.restore.bundle.BundleReading;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Random;

import javax.imageio.ImageIO;

/** Orders as a scheduler would send them, and noisy images for them. */
final class Orders {
    static final String MODEL = "denoise-color-25-s";
    static final TenantId TENANT = new TenantId("acme");

    private Orders() {}

    static Bundle bundle() {
        BundleReading reading = new BundleReader().read(TestFleet.MODELS.resolve(MODEL));
        if (reading instanceof BundleReading.Accepted(Bundle bundle)) {
            return bundle;
        }
        throw new AssertionError(reading);
    }

    static WorkOrder order(String jobId, String pool, ObjectReference input, int pointer) {
        return order(jobId, pool, input, pointer, 1);
    }

    static WorkOrder order(
            String jobId, String pool, ObjectReference input, int pointer, int attempt) {
        RestorationRequest request =
                new RestorationRequest(
                        new JobId(jobId),
                        TENANT,
                        input,
                        MODEL,
                        new Depth.Fixed(pointer),
                        Terms.DEFAULT,
                        OutputFormat.PNG,
                        null,
                        null,
                        Instant.now());
        return new WorkOrder(
                request,
                new PointerBudget(1, pointer),
                new Inference.Regular(),
                bundle().digest(),
                "fixed-1",
                attempt,
                pool,
                Instant.now());
    }

    /** The same order under other terms and another way of inference. */
    static WorkOrder with(WorkOrder order, Terms terms, Inference inference) {
        RestorationRequest request = order.request();
        return new WorkOrder(
                new RestorationRequest(
                        request.jobId(),
                        request.tenant(),
                        request.input(),
                        request.model(),
                        request.depth(),
                        terms,
                        request.output(),
                        null,
                        null,
                        request.submittedAt()),
                order.budget(),
                inference,
                order.modelDigest(),
                order.policyVersion(),
                order.attempt(),
                order.pool(),
                order.orderedAt());
    }

    /** A PNG of seeded noise. */
    static byte[] noise(int width, int height, long seed) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt(0x1000000));
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", file);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return file.toByteArray();
    }
}
