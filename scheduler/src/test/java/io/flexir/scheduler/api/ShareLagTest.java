package io.flexir.scheduler.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.wire.Topics;

import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;

class ShareLagTest {
    @Test
    void whatever_else_the_group_of_a_pool_has_read_is_left_alone() {
        SharePartitionOffsetInfo place =
                new SharePartitionOffsetInfo(10, Optional.empty(), Optional.of(3L));
        TopicPartition own = new TopicPartition(Topics.work("cpu"), 2);
        TopicPartition ofAnotherPool = new TopicPartition(Topics.work("cuda"), 2);
        TopicPartition ofJobs = new TopicPartition(Topics.JOBS, 2);

        var kept = ShareLag.ofWork("cpu", Map.of(own, place, ofAnotherPool, place, ofJobs, place));

        assertThat(kept).containsOnlyKeys(own);
    }
}
