package io.flexir.scheduler.jobs;

import io.flexir.contracts.wire.TopicDefinition;
import io.flexir.contracts.wire.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.AuthenticationException;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks whether the topics are there, before Streams says so in its own words. */
final class TopicCheck {
    private static final long TIMEOUT_SECONDS = 30;

    private TopicCheck() {}

    /**
     * Number of partitions that jobs are spread over.
     *
     * @throws TopicsNotReadyException when the broker does not answer, a topic is missing, or
     *     requests and reports would not meet in one task
     */
    static int jobPartitions(Map<String, Object> kafka, List<String> pools) {
        Map<String, TopicDescription> there = describe(kafka);
        TreeSet<String> missing = new TreeSet<>();
        TopicDefinition.of(pools).forEach(topic -> missing.add(topic.name()));
        missing.removeAll(there.keySet());
        if (!missing.isEmpty()) {
            throw new TopicsNotReadyException(
                    "Topics are missing: " + String.join(", ", missing) + ". Create them first");
        }
        int requests = partitions(there, Topics.REQUESTS);
        int reports = partitions(there, Topics.REPORTS);
        if (requests != reports) {
            throw new TopicsNotReadyException(
                    Topics.REQUESTS
                            + " has "
                            + requests
                            + " partitions and "
                            + Topics.REPORTS
                            + " has "
                            + reports
                            + ": they must have the same number");
        }
        return requests;
    }

    private static Map<String, TopicDescription> describe(Map<String, Object> kafka) {
        try (Admin admin = Admin.create(kafka)) {
            return admin.describeTopics(
                            admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .allTopicNames()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException unanswered) {
            throw new TopicsNotReadyException(
                    why(kafka.get("bootstrap.servers"), unanswered), unanswered);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TopicsNotReadyException(
                    "Interrupted while the topics were looked up", interrupted);
        }
    }

    private static String why(@Nullable Object address, Exception unanswered) {
        return unanswered.getCause() instanceof AuthenticationException refused
                ? "The broker at "
                        + address
                        + " and this scheduler do not accept each other: "
                        + refused.getMessage()
                        + ". See security.protocol, sasl.* and ssl.* in --kafka-config"
                : "The broker did not say which topics there are; is it up at "
                        + address
                        + ", and does it ask for TLS (security.protocol in --kafka-config)?";
    }

    private static int partitions(Map<String, TopicDescription> there, String topic) {
        TopicDescription description = there.get(topic);
        if (description == null) {
            throw new IllegalStateException(topic + " was found a moment ago");
        }
        return description.partitions().size();
    }
}
