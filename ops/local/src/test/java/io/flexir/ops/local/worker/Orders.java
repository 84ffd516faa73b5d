package io.flexir.ops.local.worker;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.request.Terms;
import io.flexir.contracts.work.GrantedModel;
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
import java.util.List;
import java.util.Random;

import javax.imageio.ImageIO;

/** Orders as a scheduler would send them, and noisy images for them. */
final class Orders {
    static final String MODEL = "denoise-color-25-s";
    static final TenantId TENANT = new TenantId("acme");

    private Orders() {}

    static Bundle bundle() {
        return bundle(MODEL);
    }

    static Bundle bundle(String name) {
        BundleReading reading = new BundleReader().read(TestFleet.MODELS.resolve(name));
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
                List.of(granted(bundle(), new PointerBudget(1, pointer))),
                new Inference.Regular(),
                "fixed-1",
                attempt,
                pool,
                Instant.now());
    }

    static GrantedModel granted(Bundle bundle, PointerBudget budget) {
        return new GrantedModel(
                bundle.manifest().name(), bundle.digest(), bundle.manifest().task(), budget);
    }

    /** The same order for a request that leaves the choice among its models to the worker. */
    static WorkOrder ofAnyModel(WorkOrder order) {
        RestorationRequest request = order.request();
        return new WorkOrder(
                new RestorationRequest(
                        request.jobId(),
                        request.tenant(),
                        request.input(),
                        RestorationRequest.AUTOMATIC,
                        request.depth(),
                        request.terms(),
                        request.output(),
                        null,
                        null,
                        request.submittedAt()),
                order.models(),
                order.inference(),
                order.policyVersion(),
                order.attempt(),
                order.pool(),
                order.orderedAt());
    }

    /** The same order, sent then. */
    static WorkOrder from(Instant orderedAt, WorkOrder order) {
        return new WorkOrder(
                order.request(),
                order.models(),
                order.inference(),
                order.policyVersion(),
                order.attempt(),
                order.pool(),
                orderedAt);
    }

    /** The same order by another model. */
    static WorkOrder by(String model, WorkOrder order) {
        return new WorkOrder(
                order.request(),
                List.of(granted(bundle(model), order.models().getFirst().budget())),
                order.inference(),
                order.policyVersion(),
                order.attempt(),
                order.pool(),
                order.orderedAt());
    }

    /** A PNG of two colours. */
    static byte[] blackAndWhite(int width, int height) {
        return png(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY));
    }

    /** The same order for a result in another format. */
    static WorkOrder writing(OutputFormat format, WorkOrder order) {
        RestorationRequest request = order.request();
        return new WorkOrder(
                new RestorationRequest(
                        request.jobId(),
                        request.tenant(),
                        request.input(),
                        request.model(),
                        request.depth(),
                        request.terms(),
                        format,
                        null,
                        null,
                        request.submittedAt()),
                order.models(),
                order.inference(),
                order.policyVersion(),
                order.attempt(),
                order.pool(),
                order.orderedAt());
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
                order.models(),
                inference,
                order.policyVersion(),
                order.attempt(),
                order.pool(),
                order.orderedAt());
    }

    /** A PNG of one colour. */
    static byte[] flat(int width, int height) {
        return png(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB));
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
        return png(image);
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", file);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return file.toByteArray();
    }
}
