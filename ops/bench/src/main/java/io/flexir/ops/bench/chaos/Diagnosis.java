package io.flexir.ops.bench.chaos;

import io.flexir.contracts.wire.Topics;
import io.flexir.ops.local.stack.FleetConfigs;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a broker says of a fleet that stands still: for the log, and for whoever reads it. */
final class Diagnosis {
    private static final Set<TransactionState> OVER =
            Set.of(
                    TransactionState.COMPLETE_ABORT,
                    TransactionState.COMPLETE_COMMIT,
                    TransactionState.EMPTY);
    private static final int ANSWER_SECONDS = 20;

    private Diagnosis() {}

    /** Transactions that are not over, and up to where orders may be read and are written. */
    static String of(Admin admin) {
        try {
            return "transactions=" + transactions(admin) + " orders=" + orders(admin);
        } catch (ExecutionException | TimeoutException e) {
            return "none: the broker does not answer: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "none: interrupted";
        }
    }

    private static List<String> transactions(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        return admin.listTransactions().all().get(ANSWER_SECONDS, TimeUnit.SECONDS).stream()
                .filter(found -> !OVER.contains(found.state()))
                .map(TransactionListing::toString)
                .toList();
    }

    private static String orders(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        TopicPartition work = new TopicPartition(Topics.work(FleetConfigs.POOL), 0);
        return "readable until "
                + end(admin, work, IsolationLevel.READ_COMMITTED)
                + ", written until "
                + end(admin, work, IsolationLevel.READ_UNCOMMITTED)
                + ", producers "
                + admin.describeProducers(List.of(work))
                        .all()
                        .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                        .values();
    }

    private static long end(Admin admin, TopicPartition partition, IsolationLevel isolation)
            throws ExecutionException, InterruptedException, TimeoutException {
        return admin.listOffsets(
                        Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
                .partitionResult(partition)
                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                .offset();
    }
}
