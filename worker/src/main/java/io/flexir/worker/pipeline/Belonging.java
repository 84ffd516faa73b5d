package io.flexir.worker.pipeline;

import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.work.Receipt;
import io.flexir.worker.image.ImageFormat;

import org.jspecify.annotations.Nullable;

/**
 * Whether a receipt that lies where a job's would can be that job's. What not both sides tell does
 * not count: an image that was not found at admission is not pinned, a request need not have come
 * with a body, and receipts outlive the versions that wrote them.
 */
final class Belonging {
    private Belonging() {}

    /** Whether it is of the image, the model and the format that the job may have, and its body. */
    static boolean isOf(Job job, Receipt receipt) {
        RestorationRequest request = job.request();
        return isOf(request.input(), receipt.input())
                && agree(request.bodyDigest(), receipt.bodyDigest())
                && job.order().models().stream()
                        .anyMatch(model -> model.name().equals(receipt.model()))
                && OutputSteps.named(request.output().container())
                        .map(ImageFormat::contentType)
                        .map(receipt.contentType()::equals)
                        .orElse(true);
    }

    private static boolean isOf(ObjectReference asked, ObjectReference read) {
        return asked.bucket().equals(read.bucket())
                && asked.key().equals(read.key())
                && agree(asked.versionId(), read.versionId())
                && agree(asked.etag(), read.etag());
    }

    private static boolean agree(@Nullable String one, @Nullable String other) {
        return one == null || other == null || one.equals(other);
    }
}
