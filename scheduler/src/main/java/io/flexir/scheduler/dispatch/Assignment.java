package io.flexir.scheduler.dispatch;

import io.flexir.contracts.control.Experiment;
import io.flexir.contracts.control.Experiment.Variant;
import io.flexir.contracts.request.JobId;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Which variant a job gets: a hash of the experiment's name and the job's id. Pure. */
final class Assignment {
    private Assignment() {}

    static Variant variant(String name, Experiment experiment, JobId job) {
        List<Variant> variants = experiment.variants();
        double all = variants.stream().mapToDouble(Variant::weight).sum();
        double lot = lot(name + '/' + job) * all;
        for (Variant variant : variants) {
            lot -= variant.weight();
            if (lot < 0) {
                return variant;
            }
        }
        return variants.getLast();
    }

    /** Even in 0 (inclusive) to 1. */
    private static double lot(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1.0p-53;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
